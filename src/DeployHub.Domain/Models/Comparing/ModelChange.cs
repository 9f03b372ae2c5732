namespace DeployHub.Domain.Models.Comparing;

public enum ChangeKind
{
    Added,
    Removed,
    Changed,

    /// <summary>The same, somewhere else.</summary>
    Moved,
}

/// <summary>The parts of a model document, in the order in which people read them.</summary>
public enum ModelPart
{
    /// <summary>Its name, its purpose and its approach.</summary>
    Model,

    /// <summary>Where it applies.</summary>
    Applicability,

    /// <summary>What a plan may change.</summary>
    Parameters,

    /// <summary>Which people a plan names.</summary>
    Roles,

    /// <summary>What it asks of approvals.</summary>
    Approvals,
    VerifyComponents,
    VerifyEnvironment,

    /// <summary>With what shifts the traffic and what observes each phase.</summary>
    Execute,
    VerifyDeployment,
    Rollback,

    /// <summary>How a component is taken away.</summary>
    Removal,
}

/// <summary>Where two versions of a model differ.</summary>
/// <param name="Step">Name of the step, parameter or phase as it is called now, or was where it is gone; null outside of any.</param>
/// <param name="Member">What of it, as the document names it, such as <c>timeout</c> or <c>with.url</c>; null for the whole.</param>
/// <param name="Path">In the later document, in the earlier one where it is gone; such as <c>stages.execute.steps[1].timeout</c>.</param>
public sealed record ChangePlace(ModelPart Part, string? Step, string? Member, string Path);

/// <summary>One difference between two versions of a model.</summary>
/// <param name="Sentence">What changed, in plain words.</param>
/// <param name="Was">What stood there before, where it is a value.</param>
/// <param name="Now">What stands there now.</param>
/// <param name="Detail">What an added step does, or what another way means; null where the sentence says it all.</param>
public sealed record ModelChange(ChangePlace Place, ChangeKind Kind, string Sentence, string? Was = null, string? Now = null, string? Detail = null);
