using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What people have to do by hand in one run: what is asked for now, what follows, and what was done by whom.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
public sealed record ShowTasks(string Run) : IQuery<Result<ShowTasks.View>>
{
    /// <param name="IsResting">The run is halted: nobody does anything by hand until somebody has decided.</param>
    /// <param name="Now">What may be answered.</param>
    /// <param name="Done">The newest first.</param>
    /// <param name="DoneCount">How many of <paramref name="Count"/> are over.</param>
    /// <param name="Events">Number of the newest event: changes whenever anything does.</param>
    /// <param name="Links">What external technicians were given, the newest first.</param>
    public sealed record View(
        string Name, string Deployment, string Title, string Environment, string EnvironmentName, RunStatus Status, bool IsResting, string? HaltSentence,
        IReadOnlyList<ManualTask> Now, IReadOnlyList<Later> Later, IReadOnlyList<Done> Done, int DoneCount, int Count, int Events,
        IReadOnlyList<Link> Links);

    /// <summary>A step that is not asked for yet.</summary>
    /// <param name="After">The task that it follows with nothing between them, so that a person without a network may go on; null when something else comes first.</param>
    public sealed record Later(ManualTask Task, string? After);

    /// <param name="OnDeviceAt">By the device's clock, when that is not when it was received.</param>
    public sealed record Done(
        Stage Stage, string Subject, string Name, StepStatus Status, Actor? By, Actor? ConfirmedBy, DateTimeOffset? At, DateTimeOffset? OnDeviceAt, string? Trouble, IReadOnlyList<Evidence> Evidence);

    /// <param name="Steps">What it opens.</param>
    public sealed record Link(Guid Id, string Name, string Organisation, DateTimeOffset ExpiresAt, string MadeBy, bool IsValid, IReadOnlyList<LinkedStep> Steps);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowTasks, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowTasks query, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().Include(known => known.TargetRuns).SingleOrDefaultAsync(known => known.Name == query.Run, cancellationToken);
            if (run is null) return Error.NotFound("run", query.Run);

            var (id, now) = (run.Id, clock.GetUtcNow());
            var links = await db.SupplierLinks.AsNoTracking().Where(link => link.RunId == id).OrderByDescending(link => link.MadeAt).ToListAsync(cancellationToken);
            return await db.TasksOfAsync(
                run, (_, _, _) => true,
                [.. links.Select(link => new Link(link.Id.Value, link.Name, link.Organisation, link.ExpiresAt, link.MadeBy.Name, link.IsValid(now), link.Steps))], cancellationToken);
        }
    }
}
