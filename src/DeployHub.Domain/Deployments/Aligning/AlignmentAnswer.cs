using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>What an organisation may say to a request.</summary>
public enum AlignmentReply
{
    Agree,
    AgreeWithConditions,
    Object,
}

/// <summary>What was said, before it is recorded.</summary>
/// <param name="Words">The reason of an objection, or a remark.</param>
/// <param name="Conditions">In words, one each.</param>
/// <param name="Bounds">A condition that the slot itself is checked against; null for none.</param>
public sealed record GivenAnswer(AlignmentReply Reply, string Words, IReadOnlyList<string> Conditions, TimeBounds? Bounds = null)
{
    /// <summary>It says what was answered already.</summary>
    internal bool IsSameAs(AlignmentRequest answered) =>
        answered.Answer is { } answer && answer.Reply == Reply && answer.Words == Words
        && answered.Conditions.Select(condition => (condition.Text, condition.Bounds)).SequenceEqual(ToConditions().Select(condition => (condition.Text, condition.Bounds)));

    /// <summary>Conditions came with another reply than the one that has some, and would be lost.</summary>
    internal bool DropsConditions => Reply is not AlignmentReply.AgreeWithConditions && (Conditions.Count > 0 || Bounds is not null);

    /// <summary>None unless they agree under conditions; the one about times first.</summary>
    internal IReadOnlyList<AlignmentCondition> ToConditions()
    {
        if (Reply is not AlignmentReply.AgreeWithConditions) return [];

        IEnumerable<(string Text, TimeBounds? Bounds)> all = Conditions.Select(text => (text, (TimeBounds?)null));
        if (Bounds is { } bounds) all = all.Prepend((bounds.InWords(), bounds));
        return [.. all.Select((condition, index) => new AlignmentCondition(index + 1, condition.Text, condition.Bounds))];
    }
}

/// <summary>How an answer came.</summary>
public enum AnswerWay
{
    Link,
    Phone,
    Email,
    Meeting,
    StandingAgreement,

    /// <summary>By a contact who signed in.</summary>
    Account,
}

/// <summary>An answer as it was recorded.</summary>
/// <param name="By">Who recorded it: whoever used the link, or the person who was told.</param>
/// <param name="Name">Who gave it, as they called themselves.</param>
public sealed record AlignmentAnswer(AlignmentReply Reply, string Words, string Name, AnswerWay Way, Actor By, DateTimeOffset At)
{
    /// <summary>Who made the link that it was given by, and could have read its token; null where there was none.</summary>
    public Actor? LinkMadeBy { get; init; }
}
