using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Mediator;

namespace DeployHub.Features.Deployments.Staffing;

/// <summary>Who carries a deployment out, and who could.</summary>
public sealed record ShowPeople(string Number) : IQuery<Result<ShowPeople.View>>
{
    /// <param name="IsUnderWay">A run is, so that other people need a reason.</param>
    /// <param name="NeededAt">When they have to be qualified.</param>
    /// <param name="Version">For <c>If-Match</c>.</param>
    public sealed record View(string Number, string Title, DeploymentStatus Status, bool IsOver, bool IsUnderWay, DateTimeOffset NeededAt, IReadOnlyList<SlotRow> Slots, uint Version);

    /// <summary>A role slot of the model, or the operator.</summary>
    public sealed record SlotRow(string Slot, Role Role, string? Qualification, int People, bool Optional, string? Description, IReadOnlyList<Named> Assigned, IReadOnlyList<Candidate> Could);

    /// <param name="Objection">Why they may not do it after all; null when they may.</param>
    public sealed record Named(string Name, string Email, string? Objection);

    public sealed record Candidate(string Name, string Email);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowPeople, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowPeople query, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(query.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", query.Number);

            var at = deployment.NeededAt(clock.GetUtcNow());
            var colleagues = await db.ColleaguesAsync(deployment, cancellationToken);
            return new View(
                deployment.Number, deployment.Title, deployment.Status, deployment.IsOver, deployment.Status is DeploymentStatus.InProgress or DeploymentStatus.Halted, at,
                RowsOf(deployment.Plan.Roles, deployment.Plan.Environment, deployment.People, colleagues, at), db.Entry(deployment).Property<uint>("Version").CurrentValue);
        }
    }

    internal static IReadOnlyList<SlotRow> RowsOf(IReadOnlyList<RoleSlot>? roles, string environment, IReadOnlyList<Assignment> people, IReadOnlyList<Colleague> colleagues, DateTimeOffset at) =>
    [
        .. from slot in StaffingLookups.SlotsOf(roles)
           let wanted = (roles ?? []).FirstOrDefault(known => known.Name == slot.Name)
           let judged = colleagues.Select(colleague => (Colleague: colleague, Objection: colleague.Objection(slot.Name, wanted, environment, at))).ToList()
           select new SlotRow(
               slot.Name, slot.Role, slot.Qualification, slot.People, slot.Optional, slot.Description,
               [.. people.Where(assigned => assigned.Slot == slot.Name).Select(assigned => NamedOf(assigned, judged))],
               [.. judged.Where(one => one.Objection is null).Select(one => new Candidate(one.Colleague.Person.Name, one.Colleague.Email))]),
    ];

    private static Named NamedOf(Assignment assigned, List<(Colleague Colleague, string? Objection)> judged)
    {
        var (colleague, objection) = judged.Find(one => one.Colleague.Person.Is(assigned.Person));
        return new Named(colleague?.Person.Name ?? assigned.Person.Name, colleague?.Email ?? "", objection);
    }
}
