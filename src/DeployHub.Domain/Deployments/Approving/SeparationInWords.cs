using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Approving;

/// <summary>Separation of duties in one sentence: who planned, who approved, who operated, and whether one did two of these (SOD-1, SOD-3, SOD-4).</summary>
public static class SeparationInWords
{
    /// <param name="operators">Who had a run in hand; none while nothing was started.</param>
    public static string Of(IReadOnlyCollection<Actor> planners, IReadOnlyCollection<Approval> approvals, IReadOnlyCollection<Actor> operators, BrokenGlass? broken = null)
    {
        var given = approvals.Where(approval => approval is { Status: ApprovalStatus.Approved, DecidedBy: not null }).ToList();
        var approvers = given.Where(approval => approval.Change is null).Select(approval => approval.DecidedBy!).DistinctBy(person => person.Id).ToList();
        var changes = given.Select(approval => approval.Change?.Number).OfType<string>().Distinct().ToList();
        string[] did =
        [
            $"planned by {Names(planners)}",
            given.Count == 0 ? "approved by nobody, as nobody had to" : $"approved by {Words.List([.. approvers.Select(person => person.Name), .. changes])}",
            .. operators.Count == 0 ? [] : new[] { $"operated by {Names(operators)}" },
        ];
        string[] both =
        [
            .. Both(planners, approvers, "planned and approved"),
            .. Both(planners, operators, "planned and operated"),
            .. Both(approvers, operators, "approved and operated"),
        ];
        var verdict = both.Length == 0 ? "Nobody did two of these." : $"{string.Join("; ", both)}.";
        var glass = broken is null ? "" : $" {broken.By.Name} broke the glass at {broken.At:yyyy-MM-dd HH:mm} UTC, so it started before anybody approved it.";
        return $"{char.ToUpperInvariant(did[0][0])}{did[0][1..]}, {string.Join(", ", did[1..])}. {verdict}{glass}";
    }

    private static string Names(IEnumerable<Actor> people) => Words.List(people.Select(person => person.Name).Distinct());

    private static IEnumerable<string> Both(IReadOnlyCollection<Actor> some, IReadOnlyCollection<Actor> others, string what) =>
        some.Where(person => others.Any(person.Is)).Select(person => $"{person.Name} {what} it").Distinct();
}
