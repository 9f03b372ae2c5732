using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments;

/// <summary>Whoever carries it out is there and qualified (domain §2.4.2).</summary>
public static partial class StartGates
{
    private static Gate Operator(Deployment deployment, GateFacts facts, DateTimeOffset now)
    {
        var isUnderWay = deployment.Status is DeploymentStatus.InProgress or DeploymentStatus.Halted;
        List<string> problems =
        [
            .. deployment.ObjectionsToPeople(facts.Colleagues, now).Where(objection => !isUnderWay || objection.Slot == RoleSlot.Operator)
                .Select(objection => $"As {objection.Slot}: {objection.Sentence}"),
            .. isUnderWay || deployment.EmptySlots.Count == 0 ? Array.Empty<string>() : [Staffing.StaffingErrors.Missing(deployment.EmptySlots)],
        ];
        if (problems.Count > 0) return new Gate(GateKind.Operator, false, $"{string.Join(' ', problems)} Name other people for this deployment.");
        if (facts.Starter?.Objection(deployment.Plan, RoleSlot.Operator, now) is { } unfit) return new Gate(GateKind.Operator, false, $"{unfit} {Instead(deployment.Plan)}");

        if (facts.Starter is { Person: var starter } && deployment.Excluding(RoleSlot.Operator, starter, []) is { } other)
            return new Gate(GateKind.Operator, false, $"{starter.Name} is named for “{other}”, and nobody of that operates it: somebody else has to start it.");

        return new Gate(GateKind.Operator, true, Sentence(deployment));
    }

    private static string Instead(Plan plan) =>
        plan.RoleSlotOf(RoleSlot.Operator) is { } wanted ? $"The model has it started by {wanted.Wanted}." : "Name another operator, or let somebody else start it.";

    private static string Sentence(Deployment deployment)
    {
        var others = deployment.People.Where(assigned => assigned.Slot != RoleSlot.Operator).Select(assigned => assigned.Person.Name).Distinct().ToList();
        var rest = others.Count == 0 ? "" : $" {Words.List(others)} {(others.Count == 1 ? "does" : "do")} what is done by hand.";
        if (deployment.PeopleOf(RoleSlot.Operator) is [var named, ..]) return $"{named.Name} operates it.{rest}";
        return $"{(deployment.Plan.RoleSlotOf(RoleSlot.Operator) is { } wanted ? $"Whoever starts it has to be {wanted.Wanted}." : "Whoever starts it operates it.")}{rest}";
    }
}
