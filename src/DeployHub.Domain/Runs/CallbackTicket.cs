namespace DeployHub.Domain.Runs;

/// <summary>What is stored of a message that asks for a report: enough to know its token again, and never the token.</summary>
/// <param name="IsSent">The receiver took the message, so nothing is left to do but to wait.</param>
public sealed record CallbackTicket(Digest Token, bool IsSent)
{
    private const string Sent = " sent";

    public static CallbackTicket? Parse(string? ticket)
    {
        var isSent = ticket?.EndsWith(Sent, StringComparison.Ordinal) == true;
        var token = Digest.Parse(isSent ? ticket![..^Sent.Length] : ticket);
        return token.Error is null ? new CallbackTicket(token.Value, isSent) : null;
    }

    public override string ToString() => $"{Token}{(IsSent ? Sent : "")}";
}

/// <summary>The name of one attempt at a step, for those who report on it from outside.</summary>
public sealed record ReportKey(TargetRunId TargetRun, int Step, int Attempt)
{
    /// <summary>Null when it is no such name.</summary>
    public static ReportKey? Parse(string text) =>
        text.Split('-') is [var id, var step, var attempt] && Guid.TryParseExact(id, "N", out var targetRun) && int.TryParse(step, out var number) && int.TryParse(attempt, out var count)
            ? new ReportKey(TargetRunId.From(targetRun), number, count)
            : null;

    public override string ToString() => $"{TargetRun.Value:N}-{Step}-{Attempt}";
}
