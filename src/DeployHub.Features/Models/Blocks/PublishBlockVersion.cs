using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>
/// Brings a draft into the step library, by somebody who did not edit it last (SOD-5). No model changes by it: each is offered the new version, and
/// rehearsed with it before it is published.
/// </summary>
/// <param name="Digest">Of the text that was read; another one is refused.</param>
/// <param name="ReleaseNote">What changes for models that take it over.</param>
[Requires(Permission.PublishModels, To = "publish blocks")]
public sealed record PublishBlockVersion(string Key, int Number, string Digest, string ReleaseNote) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<PublishBlockVersion>
    {
        public Validator()
        {
            RuleFor(command => command.Digest).Must(digest => Domain.Digest.Parse(digest).Error is null).WithMessage("Send the digest of the version that you read.");
            RuleFor(command => command.ReleaseNote).NotEmpty().WithMessage("Say what changes for models that take it over.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<PublishBlockVersion, Result>
    {
        public async ValueTask<Result> Handle(PublishBlockVersion command, CancellationToken cancellationToken)
        {
            if (caller.RefusalOf(Permission.ApproveModels) is { } refusal) return refusal; // nobody else approves a block, so that is for a person in person (SOD-6)
            if (await db.Blocks.SingleOrDefaultAsync(block => block.Key == command.Key, cancellationToken) is not { } block) return BlockErrors.NotFound(command.Key);

            var versions = await db.BlockVersions
                .Where(version => version.BlockId == block.Id && (version.Number == command.Number || version.Number == block.CurrentNumber)).ToListAsync(cancellationToken);
            if (versions.Find(version => version.Number == command.Number) is not { } published) return BlockErrors.VersionNotFound(command.Key, command.Number);

            var last = versions.Find(version => version.Number == block.CurrentNumber && version != published);
            var at = clock.GetUtcNow();
            var done = block.Publish(published, last, Domain.Digest.Parse(command.Digest).Value, command.ReleaseNote.Trim(), caller.Actor, at);
            if (done.Error is null) await db.TellOfBlockAsync(command.Key, command.Number, command.ReleaseNote.Trim(), caller.Actor, at, cancellationToken);
            return done;
        }
    }
}
