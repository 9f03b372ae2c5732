using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Makes a token by which programs act as whoever asks for it. Answers the token, which is shown this once.</summary>
/// <param name="Name">What uses it, such as <c>laptop</c>; recorded with everything that is done with it.</param>
/// <param name="Scope">What it may be used for.</param>
/// <param name="ExpiresAt">At most 366 days ahead; 90 days from now unless told.</param>
[Requires(Permission.MakeTokens)]
public sealed record CreatePersonalToken(string Name, TokenScope Scope = TokenScope.ReadOnly, DateTimeOffset? ExpiresAt = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<CreatePersonalToken>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Scope).IsInEnum();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<CreatePersonalToken, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(CreatePersonalToken command, CancellationToken cancellationToken)
        {
            var (token, at) = (Secret.New(PersonalToken.Prefix), clock.GetUtcNow());
            var others = await db.PersonalTokens.Where(known => known.Holder == caller.Actor.Id && known.RevokedAt == null && known.ExpiresAt > at)
                .Select(known => known.Name).ToListAsync(cancellationToken);
            var created = PersonalToken.Create(command.Name.Trim(), token, command.Scope, command.ExpiresAt?.ToUniversalTime(), others, caller.Actor, at);
            if (created.Error is { } refusal) return refusal;

            db.PersonalTokens.Add(created.Value);
            return token;
        }
    }
}
