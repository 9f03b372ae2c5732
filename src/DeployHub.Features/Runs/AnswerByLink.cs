using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What an external technician says of a manual step that their link opens. The link is the permission, read anew each time.</summary>
/// <param name="Answer">Of whichever run: it is the link that says which.</param>
[RequiresNoSignIn]
public sealed record AnswerByLink(string Token, AnswerManualStep Answer) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AnswerByLink>
    {
        public Validator() => RuleFor(command => command.Answer).SetValidator(new AnswerManualStep.Validator());
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, TimeProvider clock) : ICommandHandler<AnswerByLink, Result>
    {
        public async ValueTask<Result> Handle(AnswerByLink command, CancellationToken cancellationToken)
        {
            var (digest, at, answer) = (Digest.OfText(command.Token), clock.GetUtcNow(), command.Answer);
            var link = await db.SupplierLinks.SingleOrDefaultAsync(known => known.TokenDigest == digest, cancellationToken);
            if (link?.IsValid(at) is not true) return RunErrors.LinkInvalid;
            if (!link.Opens(answer.Stage, answer.Subject, answer.Step)) return RunErrors.NotOfThisLink;

            var run = (await db.LockRunAsync(link.RunId, cancellationToken))!;
            return await db.AnswerAsync(run, answer, null, link.ToActor(), doorbell, at, cancellationToken);
        }
    }
}
