using DeployHub.Domain.Runs;
using static DeployHub.Domain.Models.Communicating.AcknowledgementTrigger;
using static DeployHub.Domain.Runs.AcknowledgementStatus;

namespace DeployHub.Domain.Models.Communicating;

public enum AcknowledgementTrigger
{
    Acknowledge,
    PassDeadline,
    Exempt,
}

/// <summary>The rows of domain §2.3.3 for publications. Late is better than never, and whoever is back from an absence may still say that they know.</summary>
public static class AcknowledgementMoves
{
    public static readonly StateTable<AcknowledgementStatus, AcknowledgementTrigger> Table = new("acknowledgement")
    {
        { Due, Acknowledge, Acknowledged },
        { Due, PassDeadline, Overdue },
        { Due, AcknowledgementTrigger.Exempt, AcknowledgementStatus.Exempt },
        { Overdue, Acknowledge, Acknowledged },
        { Overdue, AcknowledgementTrigger.Exempt, AcknowledgementStatus.Exempt },
        { AcknowledgementStatus.Exempt, Acknowledge, Acknowledged },
    };
}
