using DeployHub.Domain.Access;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments.Staffing;

/// <summary>Every way in which naming people for a deployment is refused. Fields are <c>People.slot</c>.</summary>
public static class StaffingErrors
{
    private const int MostNamed = 5;

    public static readonly Error Over = new(ErrorKind.Conflict, "people.deployment-over", "This deployment is over: nobody does anything for it any more.");

    public static readonly Error ReasonNeeded = Error.Invalid("people.reason-needed", "Reason", "A run is under way: say why other people take over.");

    public static Error UnknownSlot(string slot, Plan plan) => Error.Invalid(
        "people.slot-unknown", FieldOf(slot), $"The model {plan.Model} has no role slot “{slot}”. People can be named for {Words.List([.. (plan.Roles ?? []).Select(known => known.Name).Append(RoleSlot.Operator).Distinct()])}.");

    public static Error TooMany(string slot, int most) => Error.Invalid("people.too-many", FieldOf(slot), $"“{slot}” takes {(most == 1 ? "one person" : $"{most} people")}.");

    public static Error InBoth(string slot, string other, Actor person) =>
        Error.Invalid("people.in-both", FieldOf(slot), $"{person.Name} is in “{other}”, and nobody of that may be in “{slot}”: two people are meant.");

    public static Error NotQualified(string slot, string objection, IReadOnlyList<string> could) => Error.Invalid("people.not-qualified", FieldOf(slot), $"{objection} {Could(could)}") with { WhoCould = could.Count == 0 ? null : Named(could) };

    public static Error Empty(IReadOnlyList<RoleSlot> slots) => new(ErrorKind.Conflict, "people.slot-empty", Missing(slots));

    public static Error MayNotDoIt(string objection, IReadOnlyList<string> could) =>
        new(ErrorKind.Forbidden, "people.not-qualified", $"{objection} {Could(could)}") { WhoCould = could.Count == 0 ? null : Named(could) };

    public static Error BothByOne(string slot, string other, Actor person) =>
        new(ErrorKind.Forbidden, "people.in-both", $"{person.Name} is named for “{other}”, and nobody of that does what “{slot}” does: somebody else has to.") { WhoCould = "somebody else" };

    public static Error OfOthers(string slot, IReadOnlyList<Actor> assigned) => Error.Invalid(
        "people.assigned-to-others", "TakenOver", $"{Words.List(assigned.Select(person => person.Name))} {(assigned.Count == 1 ? "is" : "are")} named for “{slot}”. Say why you do it instead: the reason becomes part of the record.");

    /// <summary>Such as “Nobody is named for technician (a deployment practitioner who holds “rack-hardware”).”</summary>
    public static string Missing(IReadOnlyList<RoleSlot> slots) =>
        $"{(slots.All(slot => slot.People == 1) ? "Nobody is" : "Too few people are")} named for {Words.List(slots.Select(slot => $"{slot.Name} ({slot.Wanted}{(slot.People == 1 ? "" : $", {slot.People} people")})"))}: the plan has to say who.";

    private static string FieldOf(string slot) => $"People.{slot}";

    private static string Could(IReadOnlyList<string> could) => could.Count == 0
        ? "Nobody is qualified for it then: a deployment manager records qualifications, and an administrator gives roles."
        : $"{Named(could)} could.";

    private static string Named(IReadOnlyList<string> could) => Words.List(could.Count <= MostNamed ? could : [.. could.Take(MostNamed), Words.Count(could.Count - MostNamed, "other")]);
}
