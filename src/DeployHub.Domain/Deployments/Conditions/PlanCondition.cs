using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments.Conditions;

/// <summary>What somebody asked for with their yes, as a task: of an organisation that agrees (domain §2.3.3), or of whoever granted an exception (J1).</summary>
/// <param name="Key">Names it within the deployment: the number of an exception, or of an alignment request and its condition, such as <c>2.1</c>.</param>
/// <param name="From">Who asked for it, in words.</param>
/// <param name="Owner">Who sees to it: the operator whom the plan names, or the owner of the deployment.</param>
/// <param name="Due">By when; null where nothing says so, as on demand.</param>
/// <param name="BeforeStart">No run starts before it is met.</param>
/// <param name="IsChecked">It is about times of day, and checked against the slot by itself.</param>
/// <param name="Met">Null until it is met.</param>
public sealed record PlanCondition(string Key, string Text, string From, Actor Owner, DateTimeOffset? Due, bool BeforeStart, bool IsChecked, MetCondition? Met)
{
    public bool IsOwed => Met is null;

    /// <summary>Of an exception, and no organisation's.</summary>
    public bool IsOfException => !Key.Contains('.', StringComparison.Ordinal);

    /// <summary>A person has to say that it is met.</summary>
    public bool IsTask => IsOwed && !IsChecked;

    public bool IsOverdueAt(DateTimeOffset at) => IsOwed && Due < at;

    /// <summary>Every condition that stands now, those of organisations first.</summary>
    public static IReadOnlyList<PlanCondition> Of(Deployment deployment, IEnumerable<FreezeException> exceptions) =>
    [
        .. from request in deployment.Alignments
           where request.IsCurrent && request.PlanDigest == deployment.PlanDigest
           from condition in request.Conditions
           select new PlanCondition(
               $"{request.Number}.{condition.Number}", condition.Text, request.Name, OwnerOf(deployment), deployment.Slot?.Start, true, condition.Bounds is not null, condition.Met),
        .. from exception in exceptions
           where exception is { Condition: not null, Status: FreezeExceptionStatus.Granted or FreezeExceptionStatus.Used }
           select new PlanCondition(
               exception.Number, exception.Condition!, $"{exception.DecidedBy!.Name}, with exception {exception.Number}", OwnerOf(deployment),
               exception.ConditionDue ?? exception.ExpiresAt, exception.ConditionBeforeStart, false, exception.ConditionMet),
    ];

    private static Actor OwnerOf(Deployment deployment) => deployment.PeopleOf(RoleSlot.Operator) is [var named, ..] ? named : deployment.Owner;
}
