using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What readers of a run ask. Everybody hears how many there are; the texts are for whoever asked, answers or audits.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
public sealed record ListQuestions(string Run) : IQuery<Result<ListQuestions.View>>
{
    /// <param name="Open">How many are open.</param>
    /// <param name="Blocking">How many of those hold what comes next.</param>
    /// <param name="IsOver">The run is over: nothing is answered any more.</param>
    /// <param name="Questions">Those that the caller may read, open ones first.</param>
    public sealed record View(string Deployment, string Title, int Open, int Blocking, bool IsOver, IReadOnlyList<ReaderQuestion> Questions);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListQuestions, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ListQuestions query, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(known => known.Name == query.Run, cancellationToken);
            if (run is null) return Error.NotFound("run", query.Run);

            var deployment = await db.Deployments.AsNoTracking().SingleAsync(known => known.Id == run.DeploymentId, cancellationToken);
            var seesAll = await db.SeesReadersAsync(deployment, caller, cancellationToken);
            var readable = run.Questions.Where(question => seesAll || question.By.Is(caller.Actor)).OrderBy(question => question.Status is not QuestionStatus.Open).ThenBy(question => question.Number);
            return new View(deployment.Number, deployment.Title, run.OpenQuestions, run.BlockingQuestions().Count, run.IsOver, [.. readable]);
        }
    }
}
