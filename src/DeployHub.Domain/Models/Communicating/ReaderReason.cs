namespace DeployHub.Domain.Models.Communicating;

/// <summary>Why somebody is told of a publication (domain A6); of several reasons the first.</summary>
public enum ReaderReason
{
    /// <summary>Wrote at a plan with an earlier version that is not over.</summary>
    PlansWithIt,

    /// <summary>Operated a run with it in the last 90 days.</summary>
    RanIt,

    /// <summary>Answers for the model.</summary>
    OwnsIt,

    /// <summary>Owns, or is a stakeholder of, a service that it covers.</summary>
    StakeInService,

    /// <summary>Asked to be told.</summary>
    Subscribed,
}
