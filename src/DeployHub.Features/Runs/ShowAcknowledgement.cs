using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What people are asked to confirm or to accept, where they can read it, and who has confirmed.</summary>
/// <param name="Subject">The target: the readership.</param>
public sealed record ShowAcknowledgement(string Run, Stage Stage, string Subject, int Step) : IQuery<Result<ShowAcknowledgement.View>>
{
    /// <param name="Until">The deadline; null when nobody is asked now.</param>
    /// <param name="IsAsked">The caller is a reader who can confirm now.</param>
    /// <param name="Criteria">What is ticked to accept it; null where readers only confirm.</param>
    public sealed record View(
        string Deployment, string Title, string Name, string Statement, string? Document, string Component, string Label, Digest Digest,
        IReadOnlyList<Reader> Readers, DateTimeOffset? Until, bool IsAsked, IReadOnlyList<string>? Criteria);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowAcknowledgement, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowAcknowledgement query, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().Include(known => known.TargetRuns.Where(targetRun => targetRun.Stage == query.Stage && targetRun.Subject == query.Subject))
                .SingleOrDefaultAsync(known => known.Name == query.Run, cancellationToken);
            var targetRun = run?.TargetRuns.FirstOrDefault(candidate => candidate.AwaitsReaders) ?? (run is { TargetRuns: [.., var last] } ? last : null);
            if (targetRun?.Steps.FirstOrDefault(candidate => candidate.Number == query.Step) is not { Settings: AsksPeople settings, Readers: { } readers } step)
                return Error.NotFound("acknowledgement", $"{query.Run}, {query.Subject}, step {query.Step}");

            var deployment = await db.Deployments.AsNoTracking().Where(known => known.Id == run!.DeploymentId).Select(known => new { known.Number, known.Title }).SingleAsync(cancellationToken);
            var version = await (from known in db.ComponentVersions
                                 where known.Id == step.VersionId
                                 join component in db.Components on known.ComponentId equals component.Id
                                 select new { component.Key, known.Label, known.Digest }).SingleAsync(cancellationToken);
            var isOpen = targetRun.AwaitsReaders && targetRun.CurrentStep == step && run!.OpenHalt is null;
            return new View(
                deployment.Number, deployment.Title, step.Name, settings.Question, settings.ReadAt, version.Key, version.Label, version.Digest, readers,
                isOpen ? targetRun.DueAt : null, isOpen && readers.Any(reader => reader.Person.Is(caller.Actor) && reader.ConfirmedAt is null) && caller.May(Permission.AcknowledgeVersions), (settings as Accept)?.Criteria);
        }
    }
}
