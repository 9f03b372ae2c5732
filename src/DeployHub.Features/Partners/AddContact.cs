using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>
/// Names somebody at an organisation who is asked and told. Answers the contact's number. Whose account has the address hears of it at once, and may
/// leave again (<see cref="LeaveOrganisation"/>): an account answers for nobody without its person knowing.
/// </summary>
[Requires(Permission.ManagePartners)]
public sealed record AddContact(string Organisation, string Name, string Email, string? Phone = null) : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<AddContact>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Email).IsAddress();
            RuleFor(command => command.Phone).MaximumLength(40).WithMessage("Use at most 40 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AddContact, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(AddContact command, CancellationToken cancellationToken)
        {
            if (await db.FindOrganisationAsync(command.Organisation, cancellationToken) is not { } organisation) return Error.NotFound("organisation", command.Organisation);

            var added = organisation.AddContact(command.Name.Trim(), command.Email.Trim(), string.IsNullOrWhiteSpace(command.Phone) ? null : command.Phone.Trim());
            if (added.Error is null && await db.FindPersonAsync(command.Email, cancellationToken) is { } person && person.Id != caller.PersonId()) Tell(organisation, person);
            return added;
        }

        private void Tell(Organisation organisation, Person person) => db.Happenings.Add(Happening.Of(
            EventTypes.NamedAsContact, organisation.Key,
            $"{caller.Actor.Name} named {person.DisplayName} as a contact of {organisation.Name}: what it is asked is asked of this account as well. Whoever does not answer for {organisation.Name} leaves it under “Organisations you answer for”.",
            "/account/organisations", caller.Actor, clock.GetUtcNow(), [person.Id.ToString()], new Dictionary<string, object?> { ["organisation"] = organisation.Key }));
    }
}
