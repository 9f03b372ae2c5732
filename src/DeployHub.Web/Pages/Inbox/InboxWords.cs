using DeployHub.Features.Inbox;

namespace DeployHub.Web.Pages.Inbox;

/// <summary>What is asked, in a word or two.</summary>
public static class InboxWords
{
    public static string Of(InboxKind kind) => kind switch
    {
        InboxKind.Halt => "Halted",
        InboxKind.Approval => "To approve",
        InboxKind.LateApproval => "To approve afterwards",
        InboxKind.FreezeException => "Freeze exception",
        InboxKind.Waiver => "Waiver",
        InboxKind.Promotion => "To promote",
        InboxKind.ManualStep => "By hand",
        InboxKind.Confirmation => "To confirm",
        InboxKind.Question => "Questions",
        InboxKind.Alignment => "To agree",
        InboxKind.Objection => "Objection",
        InboxKind.Condition => "Condition to meet",
        InboxKind.Campaign => "Go or no-go",
        InboxKind.MissedSlot => "Slot missed",
        InboxKind.RestToPlan => "Rest to plan",
        InboxKind.Drift => "Drift",
        InboxKind.Publication => "To acknowledge",
        InboxKind.Review => "Review to hold",
        _ => "Proposal undecided",
    };
}
