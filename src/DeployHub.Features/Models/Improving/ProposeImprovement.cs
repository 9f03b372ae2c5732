using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Improving;

/// <summary>Proposes to change a model, with what that rests on. Answers the number of the improvement.</summary>
/// <param name="Model">Slug of the model that it is about.</param>
/// <param name="Title">What should change, in a few words.</param>
/// <param name="Evidence">
/// At least one of: a signal and what it was seen at, such as <c>S1 Smoke test</c>; a number such as <c>DEP-2026-000123</c>, a halt such as <c>DEP-2026-000123/R1 halt 2</c>,
/// <c>REV-2026-000001</c> or <c>FND-2026-000001</c>; an https address.
/// </param>
/// <param name="Hypothesis">What is expected of it, such as “the median lead time falls from 9 h to 5 h”.</param>
[Requires(Permission.ProposeImprovements)]
public sealed record ProposeImprovement(string Model, string Title, IReadOnlyList<string> Evidence, string? Hypothesis = null) : ICommand<Result<string>>
{
    private const int MostEvidence = 20;

    internal sealed class Validator : AbstractValidator<ProposeImprovement>
    {
        public Validator()
        {
            RuleFor(command => command.Model).NotEmpty().WithMessage("Choose the model that it is about.");
            RuleFor(command => command.Title).MaximumLength(200).WithMessage("Use at most 200 characters.");
            RuleFor(command => command.Evidence).Must(evidence => evidence is null || evidence.Count <= MostEvidence)
                .WithMessage($"Name the {MostEvidence} strongest: more is not read.");
            RuleFor(command => command.Hypothesis).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ProposeImprovement, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(ProposeImprovement command, CancellationToken cancellationToken)
        {
            var model = await db.Models.AsNoTracking().SingleOrDefaultAsync(known => known.Slug == command.Model, cancellationToken);
            if (model is null) return ImprovementErrors.NoSuchModel(command.Model);

            var evidence = await ReadAsync(command.Evidence ?? [], cancellationToken);
            if (evidence.Error is { } unreadable) return unreadable;

            var at = clock.GetUtcNow();
            var number = await db.NextNumberAsync("IMP", at, cancellationToken);
            var proposed = Improvement.Propose(number, model.Id, command.Title, command.Hypothesis ?? "", evidence.Value, caller.Actor, at);
            if (proposed.Error is { } refusal) return refusal;

            db.Improvements.Add(proposed.Value);
            return number;
        }

        private async Task<Result<List<EvidenceLink>>> ReadAsync(IReadOnlyList<string> written, CancellationToken cancellationToken)
        {
            List<EvidenceLink> read = [];
            foreach (var text in written)
            {
                var link = EvidenceLink.Read(text);
                if (link.Error is { } unreadable) return unreadable;
                read.Add(link.Value);
            }

            var numbers = read.Where(link => link.Kind is EvidenceKind.Deployment or EvidenceKind.Halt).Select(link => link.Reference.Split('/')[0]).Distinct().ToList();
            var known = await db.Deployments.Where(deployment => numbers.Contains(deployment.Number)).Select(deployment => deployment.Number).ToListAsync(cancellationToken);
            return numbers.Except(known).FirstOrDefault() is { } unknown ? ImprovementErrors.NoSuchDeployment(unknown) : read;
        }
    }
}
