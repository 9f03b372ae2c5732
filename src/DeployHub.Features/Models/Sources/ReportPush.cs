using DeployHub.Domain;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Sources;

/// <summary>
/// Says that a repository changed, with a signature or a secret instead of a sign-in. Only a worker can judge that, so the answer is the same
/// whatever comes of it, whether or not there is such a source; a push that proves itself is as good as asking for a look.
/// </summary>
/// <param name="Sender">How it proves itself.</param>
/// <param name="Proof">The signature, or the secret.</param>
/// <param name="Body">As it came: signatures are over every byte.</param>
[RequiresNoSignIn]
public sealed record ReportPush(string Key, PushSender Sender, string Proof, byte[] Body) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ReportPush>
    {
        public Validator()
        {
            RuleFor(command => command.Sender).IsInEnum();
            RuleFor(command => command.Proof).MaximumLength(1000).WithMessage("Use at most 1000 characters.");
            RuleFor(command => command.Body).Must(body => body is { Length: <= SourcePush.LargestBody }).WithMessage($"A push has at most {SourcePush.LargestBody / 1024} KiB.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, TimeProvider clock) : ICommandHandler<ReportPush, Result>
    {
        public async ValueTask<Result> Handle(ReportPush command, CancellationToken cancellationToken)
        {
            var source = await db.ModelSources.AsNoTracking().SingleOrDefaultAsync(source => source.Key == command.Key, cancellationToken);
            var push = SourcePush.Of(source?.Id ?? default, command.Sender, command.Proof, command.Body, clock.GetUtcNow());
            if (push.Error is { } formless) return formless;
            if (source?.Settings.PushSecret is null) return Result.Success;
            if (await db.SourcePushes.CountAsync(waiting => waiting.SourceId == source.Id, cancellationToken) >= SourcePush.MostWaiting) return Result.Success; // each of those asks for the same

            db.SourcePushes.Add(push.Value);
            db.RingAfterCommit(doorbell, source);
            return Result.Success;
        }
    }
}
