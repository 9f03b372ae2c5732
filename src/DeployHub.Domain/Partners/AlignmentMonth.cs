using DeployHub.Domain.Deployments.Aligning;

namespace DeployHub.Domain.Partners;

/// <summary>What became of the questions that organisations were asked in one month (M3). What a standing agreement answered, and what is not due yet, is no part of it.</summary>
/// <param name="Month">Its first day, UTC.</param>
/// <param name="InTime">They agreed by the deadline, with conditions or without.</param>
/// <param name="Late">They agreed after it.</param>
/// <param name="Silent">They said nothing.</param>
/// <param name="Objected">They objected, in time or not.</param>
public sealed record AlignmentMonth(DateOnly Month, int InTime, int Late, int Silent, int Objected)
{
    public int All => InTime + Late + Silent + Objected;

    /// <summary>Every month up to the last one, the oldest first, also those in which nobody was asked.</summary>
    public static IReadOnlyList<AlignmentMonth> Of(IEnumerable<AlignmentRequest> requests, DateOnly last, int months)
    {
        var became = requests.Select(request => (Month: MonthOf(request.AskedAt), Became: BecomingOf(request))).ToLookup(asked => asked.Month, asked => asked.Became);
        return [.. Enumerable.Range(1 - months, months).Select(MonthOf(last).AddMonths).Select(month => new AlignmentMonth(month, Count(month, Becoming.InTime), Count(month, Becoming.Late), Count(month, Becoming.Silent), Count(month, Becoming.Objected)))];

        int Count(DateOnly month, Becoming wanted) => became[month].Count(one => one == wanted);
    }

    private enum Becoming
    {
        /// <summary>Not due yet, asked anew before it was, or agreed in advance.</summary>
        Open,
        InTime,
        Late,
        Silent,
        Objected,
    }

    private static Becoming BecomingOf(AlignmentRequest request) => request switch
    {
        { Answer.Way: AnswerWay.StandingAgreement } => Becoming.Open,
        { Answer.Reply: AlignmentReply.Object } => Becoming.Objected,
        { Answer: { } answer } => answer.At <= request.Deadline ? Becoming.InTime : Becoming.Late,
        { Status: AlignmentStatus.NoResponse } => Becoming.Silent,
        _ => Becoming.Open,
    };

    private static DateOnly MonthOf(DateTimeOffset at) => MonthOf(DateOnly.FromDateTime(at.UtcDateTime));

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
