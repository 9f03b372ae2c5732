using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Improving;

/// <summary>Proposes to change the model of a run, where whoever resolved a halt said that it should change: the halt is the evidence. Answers the number of the improvement.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Halt">Its number in the run, from 1.</param>
[Requires(Permission.ProposeImprovements)]
public sealed record ProposeFromHalt(string Run, int Halt) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<ProposeFromHalt>
    {
        public Validator() => RuleFor(command => command.Halt).GreaterThan(0).WithMessage("Halts are numbered from 1.");
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ProposeFromHalt, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(ProposeFromHalt command, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(known => known.Name == command.Run, cancellationToken);
            if (run is null) return Error.NotFound("run", command.Run);
            if (run.Halts.FirstOrDefault(halt => halt.Number == command.Halt) is not { } halt) return Error.NotFound("halt", $"{command.Run} halt {command.Halt}");
            if (halt.Resolution is not { ShouldModelChange: true } resolution) return ImprovementErrors.NotAskedForByHalt;

            var evidence = EvidenceLink.Of(run.Name, halt.Number);
            if (await ProposedAsync(evidence, cancellationToken) is { } known) return ImprovementErrors.ProposedFromHalt(known);

            var at = clock.GetUtcNow();
            var model = await (from deployment in db.Deployments
                               where deployment.Id == run.DeploymentId
                               join version in db.ModelVersions on deployment.ModelVersionId equals version.Id
                               select version.ModelId).SingleAsync(cancellationToken);
            var proposed = Improvement.Propose(await db.NextNumberAsync("IMP", at, cancellationToken), model, TitleOf(halt), Words.Beginning(resolution.Diagnosis, 2000), [evidence], caller.Actor, at);
            if (proposed.Error is { } refusal) return refusal;

            db.Improvements.Add(proposed.Value);
            return proposed.Value.Number;
        }

        /// <summary>The number of the improvement that rests on it already; null when none does.</summary>
        private async Task<string?> ProposedAsync(EvidenceLink evidence, CancellationToken cancellationToken)
        {
            var written = JsonSerializer.Serialize(new[] { evidence }, Json.Options);
            return await db.Improvements.FromSql($"select i.*, i.xmin from improvements i where evidence @> {written}::jsonb").OrderBy(improvement => improvement.Number)
                .Select(improvement => improvement.Number).FirstOrDefaultAsync(cancellationToken);
        }

        private static string TitleOf(Halt halt) => Words.Beginning($"{(halt.Step is { } step ? $"“{step}”" : Words.Title(halt.Stage))} halted: {Words.Of(halt.Cause)}", 190);
    }
}
