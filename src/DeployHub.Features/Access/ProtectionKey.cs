namespace DeployHub.Features.Access;

/// <summary>A data-protection key, so that every web process can read every cookie.</summary>
public sealed class ProtectionKey
{
    public int Id { get; private init; }

    public string Xml { get; init; } = "";
}
