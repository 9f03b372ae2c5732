namespace DeployHub.Domain.Models.Steps;

/// <summary>Looks how much space is free where the target's directory lies.</summary>
/// <param name="MinimumFreeMiB">Free space in MiB on the file system of the target's directory.</param>
public sealed record CheckDiskSpace(int MinimumFreeMiB) : StepSettings;
