using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments;

/// <summary>Who carries a deployment out: the people named for the role slots of its model, and the operator.</summary>
public sealed partial class Deployment
{
    /// <summary>Not material: other people void no approval (domain §2.4.2).</summary>
    public IReadOnlyList<Assignment> People { get; private set; } = [];

    /// <summary>Those whom the plan names for a slot.</summary>
    public IReadOnlyList<Actor> PeopleOf(string slot) => [.. People.Where(assigned => assigned.Slot == slot).Select(assigned => assigned.Person)];

    /// <summary>Slots that have to be filled and are not; a rehearsal tries out the model and not the people.</summary>
    public IReadOnlyList<RoleSlot> EmptySlots => Plan.Rehearsal is not null ? [] : [.. (Plan.Roles ?? []).Where(slot => !slot.Optional && PeopleOf(slot.Name).Count < slot.People)];

    /// <summary>When those who are named have to be qualified: from the slot on, or now.</summary>
    public DateTimeOffset NeededAt(DateTimeOffset now) => Slot is { } slot && slot.Start > now ? slot.Start : now;

    /// <summary>
    /// Says who is in which slot, all of it anew. Refused with <c>people.slot-unknown</c>, <c>people.too-many</c>, <c>people.in-both</c>,
    /// <c>people.not-qualified</c>, while a run is under way with <c>people.reason-needed</c>, and with <c>people.deployment-over</c>.
    /// </summary>
    /// <param name="colleagues">Everybody with an account.</param>
    public Result Assign(IReadOnlyList<Assignment> people, IReadOnlyList<Colleague> colleagues, string? reason, Actor by, DateTimeOffset at)
    {
        if (IsOver) return StaffingErrors.Over;

        Assignment[] wanted = [.. people.DistinctBy(assigned => (assigned.Slot, assigned.Person.Id))];
        if (wanted.Length == People.Count && wanted.All(assigned => IsNamed(assigned.Slot, assigned.Person))) return Result.Success;
        if (Status is DeploymentStatus.InProgress or DeploymentStatus.Halted && string.IsNullOrWhiteSpace(reason)) return StaffingErrors.ReasonNeeded;
        if (ObjectionTo(wanted, colleagues, NeededAt(at)) is { } refusal) return refusal;

        People = wanted;
        var named = wanted.Length == 0 ? "took everybody off" : $"named {Words.List(wanted.GroupBy(assigned => assigned.Slot).Select(slot => $"{Words.List(slot.Select(assigned => assigned.Person.Name))} for {slot.Key}"))}";
        Append("AssignPeople", $"{by.Name} {named}{(string.IsNullOrWhiteSpace(reason) ? "." : $": {reason.Trim()}")}", by, at);
        return Result.Success;
    }

    /// <summary>Another model may have other slots: nobody stays in one that is gone.</summary>
    public void LeaveSlotsThatAreGone() => People = [.. People.Where(assigned => assigned.Slot == RoleSlot.Operator || Plan.RoleSlotOf(assigned.Slot) is not null)];

    /// <summary>What stands against those who are named, a sentence each.</summary>
    /// <param name="colleagues">At least those who are named.</param>
    public IReadOnlyList<(string Slot, string Sentence)> ObjectionsToPeople(IReadOnlyList<Colleague> colleagues, DateTimeOffset at) =>
    [
        .. People.SelectMany(assigned => colleagues.Where(colleague => colleague.Person.Is(assigned.Person)).Select(colleague => (assigned.Slot, Sentence: colleague.Objection(Plan, assigned.Slot, at))))
            .Where(objection => objection.Sentence is not null).Select(objection => (objection.Slot, objection.Sentence!)),
    ];

    /// <summary>
    /// Whether somebody may do by hand what a slot does, and in whose place: nobody's for whoever is named for it, or where nobody is. Refused
    /// with <c>people.not-qualified</c>, <c>people.in-both</c>, or <c>people.assigned-to-others</c> while no reason is given.
    /// </summary>
    /// <param name="doers">Who really operates the run, and who did by hand what a slot does in it so far, whomever the plan names.</param>
    public Result<IReadOnlyList<Actor>> TakeStepOf(string slot, Colleague who, string? reason, IReadOnlyList<Colleague> colleagues, DateTimeOffset at, IReadOnlyList<Assignment>? doers = null)
    {
        if (who.Objection(Plan, slot, at) is { } objection) return StaffingErrors.MayNotDoIt(objection, Could(slot, colleagues, at));
        if (Excluding(slot, who.Person, doers ?? []) is { } done) return StaffingErrors.BothByOne(slot, done, who.Person);

        var assigned = PeopleOf(slot);
        if (assigned.Count == 0 || assigned.Any(who.Person.Is)) return Array.Empty<Actor>();
        return string.IsNullOrWhiteSpace(reason) ? StaffingErrors.OfOthers(slot, assigned) : Result<IReadOnlyList<Actor>>.Succeeded(assigned);
    }

    /// <summary>Names of those who could be in a slot then.</summary>
    public IReadOnlyList<string> Could(string slot, IReadOnlyList<Colleague> colleagues, DateTimeOffset at) =>
        [.. colleagues.Where(colleague => colleague.Objection(Plan, slot, at) is null).Select(colleague => colleague.Person.Name)];

    private bool IsNamed(string slot, Actor person) => People.Any(assigned => assigned.Slot == slot && assigned.Person.Is(person));

    /// <summary>A slot that this person is in, or did what it does, and that this one has to differ from; null when there is none.</summary>
    internal string? Excluding(string slot, Actor person, IReadOnlyList<Assignment> doers) =>
        People.Concat(doers).Where(assigned => assigned.Person.Is(person)).Select(assigned => assigned.Slot).FirstOrDefault(other => Exclude(slot, other));

    private bool Exclude(string slot, string other) =>
        (Plan.RoleSlotOf(slot)?.DiffersFrom ?? []).Contains(other) || (Plan.RoleSlotOf(other)?.DiffersFrom ?? []).Contains(slot);

    private Error? ObjectionTo(IReadOnlyList<Assignment> wanted, IReadOnlyList<Colleague> colleagues, DateTimeOffset at)
    {
        foreach (var slot in wanted.GroupBy(assigned => assigned.Slot))
        {
            if (slot.Key != RoleSlot.Operator && Plan.RoleSlotOf(slot.Key) is null) return StaffingErrors.UnknownSlot(slot.Key, Plan);
            if ((Plan.RoleSlotOf(slot.Key)?.People ?? 1) is var most && slot.Count() > most) return StaffingErrors.TooMany(slot.Key, most);
        }

        foreach (var assigned in wanted)
        {
            if (wanted.FirstOrDefault(other => other.Person.Is(assigned.Person) && Exclude(assigned.Slot, other.Slot)) is { } both) return StaffingErrors.InBoth(assigned.Slot, both.Slot, assigned.Person);
            if (colleagues.FirstOrDefault(colleague => colleague.Person.Is(assigned.Person))?.Objection(Plan, assigned.Slot, at) is { } objection)
                return StaffingErrors.NotQualified(assigned.Slot, objection, Could(assigned.Slot, colleagues, at));
        }

        return null;
    }
}
