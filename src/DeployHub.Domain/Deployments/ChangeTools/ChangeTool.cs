using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.ChangeTools;

/// <summary>
/// A connection to where an organisation keeps its changes. The changes that open plans name are looked up there by workers, and a run starts only while
/// its change is authorised. Without a connection DeployHub's own approval is the change's authorisation (domain §0.1).
/// </summary>
public sealed class ChangeTool
{
    private ChangeTool() { }

    public ChangeToolId Id { get; private init; }

    /// <summary>Unique, stands in addresses, never changes.</summary>
    public string Key { get; private init; } = "";

    public ChangeToolSettings Settings { get; private set; } = null!;

    public Actor ConnectedBy { get; private init; } = Actor.System;

    public DateTimeOffset ConnectedAt { get; private init; }

    public static ChangeTool Connect(string key, ChangeToolSettings settings, Actor by, DateTimeOffset at) =>
        new() { Id = ChangeToolId.New(), Key = key, Settings = settings, ConnectedBy = by, ConnectedAt = at };

    /// <summary>Refused with <c>change-tool.kind-fixed</c> for another kind: its changes would be other ones under the same numbers.</summary>
    public Result Describe(ChangeToolSettings settings)
    {
        if (settings.Kind != Settings.Kind) return ChangeToolErrors.KindFixed(Settings.Kind);

        Settings = settings;
        return Result.Success;
    }
}
