using System.Text.Json.Serialization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Partners;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>One organisation asked about one plan (domain §2.3.3). Immutable: a move makes another of the same number.</summary>
public sealed record AlignmentRequest
{
    /// <summary>From 1 within the deployment.</summary>
    public required int Number { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Key of the organisation.</summary>
    public required string Organisation { get; init; }

    /// <summary>As it was called then.</summary>
    public required string Name { get; init; }

    /// <summary>IANA id of the clock it lives by.</summary>
    public required string TimeZone { get; init; }

    public AlignmentStatus Status { get; init; }

    /// <summary>What the answer is about.</summary>
    public required Digest PlanDigest { get; init; }

    /// <summary>Component and label of each version that comes.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>When it was to happen when they were asked; null for on demand.</summary>
    public Slot? Slot { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required Actor AskedBy { get; init; }

    /// <summary>Until when they are to answer.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Working days that were agreed.</summary>
    public int NoticeDays { get; init; }

    /// <summary>They were asked later than was agreed.</summary>
    public bool IsShortNotice { get; init; }

    /// <summary>Whether no answer keeps a run from starting.</summary>
    public bool SilenceBlocks { get; init; }

    public AlignmentAnswer? Answer { get; init; }

    public IReadOnlyList<AlignmentCondition> Conditions { get; init; } = [];

    /// <summary>Those who go on against the objection; two of them override it.</summary>
    public IReadOnlyList<OverrideVote> Override { get; init; } = [];

    /// <summary>Number of the request in whose place this one stands; null for the first.</summary>
    public int? Replaces { get; init; }

    /// <summary>Why it was asked anew; null for the first.</summary>
    public string? AskedAgainBecause { get; init; }

    [JsonIgnore]
    public bool IsCurrent => Status is not AlignmentStatus.Superseded;

    [JsonIgnore]
    public bool IsAnswered => Answer is not null;

    /// <summary>The plan may be authorised: they agreed, were overridden, or said nothing where that does not block (domain §2.4.1, row 3).</summary>
    [JsonIgnore]
    public bool IsSettled =>
        Status is AlignmentStatus.Agreed or AlignmentStatus.AgreedWithConditions or AlignmentStatus.Overridden || (Status is AlignmentStatus.NoResponse && !SilenceBlocks);

    /// <summary>A run may start: settled, and every condition met.</summary>
    [JsonIgnore]
    public bool LetsStart => IsSettled && Conditions.All(condition => condition.IsMet);

    /// <summary>They agreed and what they asked for was done. Silence and an override are no agreement (M3).</summary>
    [JsonIgnore]
    public bool IsAligned => Status is AlignmentStatus.Agreed or AlignmentStatus.AgreedWithConditions && LetsStart;

    /// <summary>
    /// Whether the answer is also about this slot: the one that was asked about, or a later start on the same day of theirs, either no longer or
    /// over on that day. Anything else asks them anew.
    /// </summary>
    public bool IsAbout(Slot? slot) =>
        slot == Slot || (slot is not null && Slot is not null && slot.Start > Slot.Start - TimeSpan.FromMilliseconds(1) && DayOf(slot.Start) == DayOf(Slot.Start)
            && (slot.End - slot.Start <= Slot.End - Slot.Start || DayOf(slot.End) == DayOf(Slot.Start)));

    /// <summary>When they are reminded that an answer is missing: a day before the deadline, and never in the first half of their time.</summary>
    [JsonIgnore]
    public DateTimeOffset RemindsAt
    {
        get
        {
            var (half, dayBefore) = (AskedAt + (Deadline - AskedAt) / 2, Deadline - TimeSpan.FromDays(1));
            return half > dayBefore ? half : dayBefore;
        }
    }

    /// <summary>Nobody answered yet, and somebody should before long.</summary>
    public bool IsReminderDue(DateTimeOffset at) => Status is AlignmentStatus.Pending && at >= RemindsAt && at < Deadline;

    /// <summary>They objected, or agreed under a condition that is not met: what comes after that is no silence of theirs.</summary>
    [JsonIgnore]
    public bool IsReserved => Answer is { Reply: AlignmentReply.Object } || Conditions.Any(condition => !condition.IsMet);

    /// <summary>What is otherwise than in an earlier request, a sentence each.</summary>
    public IReadOnlyList<string> DifferencesFrom(AlignmentRequest earlier)
    {
        List<string> differences =
        [
            .. Versions.Except(earlier.Versions).Select(version => $"{version} comes{Instead(version, earlier)}."),
            .. earlier.Versions.Where(gone => Versions.All(version => ComponentOf(version) != ComponentOf(gone))).Select(gone => $"{gone} does not come any more."),
        ];
        if (Slot != earlier.Slot) differences.Add($"{Said(Slot)} instead of {(earlier.Slot is null ? "on demand" : WallTime.Said(earlier.Slot.Start, TimeZone))}.");
        if (differences.Count == 0 && PlanDigest != earlier.PlanDigest) differences.Add("How it is carried out changed; versions and times are the same.");
        return differences;
    }

    /// <summary>The answer as the story tells it: who, how, and in which words.</summary>
    internal string AnswerInWords()
    {
        var answer = Answer!;
        var isByLink = answer.Way is AnswerWay.Link;
        var who = isByLink ? answer.By.Name : $"{answer.Name} of {Name}";
        var how = isByLink || answer.Way is AnswerWay.Account ? "" : $" (told by {Words.Of(answer.Way)}, recorded by {answer.By.Name})";
        var words = string.IsNullOrWhiteSpace(answer.Words) ? "." : $": {answer.Words}";
        return answer.Reply switch
        {
            AlignmentReply.Agree => $"{who} agrees{how}{words}",
            AlignmentReply.AgreeWithConditions => $"{who} agrees{how} if {Words.List(Conditions.Select(condition => $"“{condition.Text}”"))}{words}",
            _ => $"{who} objects{how}{words}",
        };
    }

    private DateTime DayOf(DateTimeOffset at) => WallTime.In(at, TimeZone).Date;

    private string Said(Slot? slot) => slot is null ? "It happens on demand" : $"It starts on {WallTime.Said(slot.Start, TimeZone)} ({TimeZone})";

    private static string Instead(string version, AlignmentRequest earlier) =>
        earlier.Versions.FirstOrDefault(known => ComponentOf(known) == ComponentOf(version)) is { } before ? $" instead of {before}" : "";

    private static string ComponentOf(string version) => version.Split(' ')[0];
}
