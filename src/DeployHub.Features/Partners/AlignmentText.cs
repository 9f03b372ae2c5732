using DeployHub.Domain;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Notifications;

namespace DeployHub.Features.Partners;

/// <summary>What organisations read about a deployment, in plain words and by their own clock.</summary>
internal sealed record AlignmentText(ConcerningDeployment Found, AlignmentRequest Request)
{
    private string What => $"{Found.Service} in {Found.Environment}";

    public string Subject(LetterKind kind) => kind switch
    {
        LetterKind.Request => $"{(Request.IsShortNotice ? "Short notice: " : "")}{What}: please answer until {Said(Request.Deadline)}",
        LetterKind.Reminder => $"Reminder: {What}: please answer until {Said(Request.Deadline)}",
        LetterKind.Announcement => $"{What}: planned as you agreed in advance",
        LetterKind.Change => $"{What}: another time",
        LetterKind.Recall => $"{What}: taken back and planned anew",
        LetterKind.Cancellation => $"{What}: will not happen",
        LetterKind.Override => $"{What}: goes on against your objection",
        LetterKind.Start => $"{What}: about to start",
        _ => $"{What}: {char.ToLowerInvariant(Found.WordOutside[0])}{Found.WordOutside[1..]}",
    };

    public IReadOnlyList<string> Paragraphs(LetterKind kind) => kind switch
    {
        LetterKind.Request => Asking(),
        LetterKind.Reminder => ["You have not answered yet, and there is little time left.", .. Asking()],
        LetterKind.Announcement => [Request.Answer!.Words, Changes, When, MustDo, $"If this one does not suit you, tell {Found.Deployment.Owner.Name}.", Contact],
        LetterKind.Change => [When, Request.Answer is null ? Until : "What you answered stands. Conditions about times were checked against the new time.", Contact],
        LetterKind.Recall => ["It was taken back and is planned anew. You need not answer now, and hear of it when it comes again.", Contact],
        LetterKind.Cancellation => ["It will not happen. You need do nothing.", Contact],
        LetterKind.Override => [$"Two people decided to go on against your objection: {string.Join(' ', Request.Override.Select(vote => $"{vote.By.Name}: {vote.Reason}"))}", When, Contact],
        LetterKind.Start => [When, Changes, MustDo, Contact],
        _ => [$"{Found.WordOutside}. {Changes}", Contact],
    };

    /// <summary>What is written at the link; null for a letter that has none.</summary>
    public static string? LinkText(LetterKind kind) => !Letter.HasLink(kind) ? null : kind is LetterKind.Request or LetterKind.Reminder ? "Answer here, without signing in" : "See where it stands";

    private IReadOnlyList<string> Asking() =>
    [
        .. Before is { } before ? new[] { $"This takes the place of what you were asked before. What is different: {Differences(before)}" } : [],
        Changes, When, MustDo, Contact, Until,
        "You may agree, agree with conditions, or object and say why.",
        Request.SilenceBlocks ? "Nothing starts before you have answered." : "If you do not answer, it goes ahead; that is not recorded as your agreement.",
    ];

    private AlignmentRequest? Before => Request.Replaces is { } number ? Found.Deployment.Alignments.First(known => known.Number == number) : null;

    private string Changes => $"What changes for you: {Found.ChangesInWords}";

    private string When => Found.Deployment.Slot is { } slot ? $"When: {Said(slot.Start)} to {Said(slot.End)} ({Request.TimeZone})." : "When: on demand, once you have agreed.";

    private string MustDo => Found.Deployment.PartnerNote?.MustDo is { Length: > 0 } mustDo ? $"What you must do: {mustDo}" : "What you must do: nothing.";

    private string Contact => $"Contact: {Found.Deployment.Owner.Name} ({Found.Deployment.Number}).";

    private string Until => $"Please answer until {Said(Request.Deadline)} ({Request.TimeZone}).";

    private string Differences(AlignmentRequest before) =>
        Request.DifferencesFrom(before) is { Count: > 0 } differences ? string.Join(' ', differences) : Request.AskedAgainBecause ?? "nothing in the plan.";

    private string Said(DateTimeOffset at) => WallTime.Said(at, Request.TimeZone);
}
