using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>Begins the next version of a block with the text of an earlier one. Answers its number.</summary>
/// <param name="From">Number of the version to begin with; the one that was published last, or the newest, unless told.</param>
[Requires(Permission.EditModels)]
public sealed record DraftBlockVersion(string Key, int? From = null) : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<DraftBlockVersion>
    {
        public Validator() => RuleFor(command => command.Key).IsKey();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DraftBlockVersion, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(DraftBlockVersion command, CancellationToken cancellationToken)
        {
            if (await db.Blocks.SingleOrDefaultAsync(block => block.Key == command.Key, cancellationToken) is not { } block) return BlockErrors.NotFound(command.Key);

            var versions = await db.BlockVersions.Where(version => version.BlockId == block.Id).OrderByDescending(version => version.Number).ToListAsync(cancellationToken);
            var wanted = command.From ?? (block.CurrentNumber > 0 ? block.CurrentNumber : versions[0].Number);
            if (versions.Find(version => version.Number == wanted) is not { } basis) return BlockErrors.VersionNotFound(command.Key, wanted);

            var open = versions.Find(version => version.Status is BlockVersionStatus.Draft);
            var drafted = block.Draft(open, basis.Number, basis.Yaml, BlockDocument.Read(basis.Yaml, command.Key).Content, caller.Actor, clock.GetUtcNow());
            if (drafted.Error is { } refusal) return refusal;

            db.BlockVersions.Add(drafted.Value);
            return drafted.Value.Number;
        }
    }
}
