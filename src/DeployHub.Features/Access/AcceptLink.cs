using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Uses a one-time link: sets the invited person's password, or makes the first administrator. Answers the e-mail address.</summary>
/// <param name="Email">Only for the first administrator.</param>
/// <param name="DisplayName">Only for the first administrator.</param>
[RequiresNoSignIn]
public sealed record AcceptLink(string Token, string Password, string? Email = null, string? DisplayName = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<AcceptLink>
    {
        public Validator() => RuleFor(command => command.Password).MinimumLength(12).WithMessage("Use at least 12 characters.").MaximumLength(200);
    }

    internal sealed class Handler(DeployHubDb db, IPasswordHasher<Person> hasher, TimeProvider clock) : ICommandHandler<AcceptLink, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(AcceptLink command, CancellationToken cancellationToken)
        {
            var (digest, at) = (Digest.OfText(command.Token), clock.GetUtcNow());
            var link = await db.OneTimeLinks.SingleOrDefaultAsync(known => known.TokenDigest == digest, cancellationToken);
            var isTooLate = link is { PersonId: null } && await db.Users.AnyAsync(cancellationToken); // several first links may have been printed
            if (link is null || isTooLate || !link.IsValid(at)) return new Error(ErrorKind.Conflict, "access.link-invalid", "This link was used already or has expired. Ask an administrator for another.");

            var person = link.PersonId is { } id ? await db.Users.SingleAsync(known => known.Id == id, cancellationToken) : null;
            if (person is null && string.IsNullOrWhiteSpace(command.Email)) return Error.Invalid("access.email-missing", "Email", "Write your e-mail address.");

            person ??= FirstAdministrator(command, at);
            person.PasswordHash = hasher.HashPassword(person, command.Password);
            person.SecurityStamp = Secret.New();
            link.Use(at);
            return person.Email!;
        }

        private Person FirstAdministrator(AcceptLink command, DateTimeOffset at)
        {
            var person = People.New(command.Email!, string.IsNullOrWhiteSpace(command.DisplayName) ? command.Email! : command.DisplayName);
            db.Users.Add(person);
            db.Grants.Add(Grant.Give(person.Id.ToString(), new RoleGrant(Role.Administrator), Actor.System, at).Value);
            return person;
        }
    }
}
