using static DeployHub.Domain.ValueStream.Incidents.Attribution;
using static DeployHub.Domain.ValueStream.Incidents.AttributionTrigger;

namespace DeployHub.Domain.ValueStream.Incidents;

/// <summary>Whether a deployment caused an incident (domain M7).</summary>
public enum Attribution
{
    /// <summary>It may have: by its time and its service, or because somebody says so.</summary>
    Suspected,

    /// <summary>A person says that it did.</summary>
    Confirmed,

    /// <summary>A person says that it did not.</summary>
    Rejected,
}

public enum AttributionTrigger
{
    Confirm,
    Reject,

    /// <summary>The incident began earlier than was said, before the deployment had touched anything.</summary>
    LoseGround,
}

/// <summary>The rows of domain M7. A decision may be changed by another one: what is found out late revises history (MR-11).</summary>
public static class AttributionMoves
{
    public static readonly StateTable<Attribution, AttributionTrigger> Table = new("incident-link")
    {
        { Suspected, Confirm, Confirmed },
        { Suspected, Reject, Rejected },
        { Confirmed, Reject, Rejected },
        { Confirmed, LoseGround, Suspected },
        { Rejected, Confirm, Confirmed },
    };
}
