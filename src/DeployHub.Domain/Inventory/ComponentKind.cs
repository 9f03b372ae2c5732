namespace DeployHub.Domain.Inventory;

/// <summary>What a component is made of; decides checks, executor and evidence (domain §1.2, Appendix F).</summary>
public enum ComponentKind
{
    Software,
    Hardware,
    Documentation,
    Process,
    Data,
    Configuration,

    /// <summary>Licences and the like; the component's sub-kind says what.</summary>
    Other,
}

public static class ComponentKinds
{
    /// <summary>Kinds whose content has no bytes of its own: a content manifest is digested instead.</summary>
    public static bool HasManifest(this ComponentKind kind) => kind is ComponentKind.Hardware or ComponentKind.Process or ComponentKind.Other;

    /// <summary>Kinds whose content is bytes: at least one artefact is digested. Data may be either: bytes, or counts and checksums.</summary>
    public static bool HasBytes(this ComponentKind kind) => kind is ComponentKind.Software or ComponentKind.Documentation or ComponentKind.Configuration;
}
