namespace DeployHub.Features.Inbox;

/// <summary>What is asked of a person.</summary>
public enum InboxKind
{
    Halt,
    Approval,
    LateApproval,
    FreezeException,
    Waiver,
    Promotion,
    ManualStep,
    Confirmation,
    Question,
    Alignment,
    Objection,
    Condition,
    Campaign,
    MissedSlot,
    RestToPlan,
    Drift,
    ModelApproval,
    Publication,
    Review,
    Improvement,
}
