using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Access;

/// <summary>Makes an account without a password. Answers the token of a link, valid for three days, by which the person sets one.</summary>
[Requires(Permission.ManageAccess)]
public sealed record InvitePerson(string Email, string DisplayName) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<InvitePerson>
    {
        public Validator()
        {
            RuleFor(command => command.Email).EmailAddress().WithMessage("Write an e-mail address.").MaximumLength(200);
            RuleFor(command => command.DisplayName).IsName();
        }
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<InvitePerson, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(InvitePerson command, CancellationToken cancellationToken)
        {
            if (await db.FindPersonAsync(command.Email, cancellationToken) is not null)
                return Error.Invalid("person.email-taken", "Email", "This e-mail address has an account already.") with { Kind = ErrorKind.Conflict };

            var person = People.New(command.Email, command.DisplayName);
            db.Users.Add(person);
            var (link, token) = OneTimeLink.Make(person.Id, clock.GetUtcNow().AddDays(3));
            db.OneTimeLinks.Add(link);
            return token;
        }
    }
}
