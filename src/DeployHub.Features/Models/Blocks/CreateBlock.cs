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

/// <summary>Begins a block of the step library and drafts its first version. Answers its key.</summary>
/// <param name="Key">Unique; models name it, and it never changes.</param>
[Requires(Permission.EditModels)]
public sealed record CreateBlock(string Key, string Name, string Purpose) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<CreateBlock>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Purpose).NotEmpty().WithMessage("Say what it is for: people choose a block by that.").MaximumLength(500).WithMessage("Use at most 500 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<CreateBlock, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(CreateBlock command, CancellationToken cancellationToken)
        {
            if (await db.Blocks.AnyAsync(block => block.Key == command.Key, cancellationToken)) return BlockErrors.KeyInUse(command.Key);

            var (at, yaml) = (clock.GetUtcNow(), BlockDocument.Empty(command.Key, command.Name.Trim(), command.Purpose.Trim()));
            var block = db.Blocks.Add(Block.Plan(command.Key, command.Name.Trim(), command.Purpose.Trim(), at)).Entity;
            var drafted = block.Draft(null, null, yaml, BlockDocument.Read(yaml, command.Key).Content, caller.Actor, at);
            if (drafted.Error is { } refusal) return refusal;

            db.BlockVersions.Add(drafted.Value);
            return block.Key;
        }
    }
}
