namespace DeployHub.Domain.Models.Steps;

/// <param name="MinimumFreeMiB">Free space in MiB on the file system of the target's directory.</param>
public sealed record CheckDiskSpace(int MinimumFreeMiB) : StepSettings;
