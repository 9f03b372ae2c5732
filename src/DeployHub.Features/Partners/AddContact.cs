using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>Names somebody at an organisation who is asked and told. Answers the contact's number.</summary>
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

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<AddContact, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(AddContact command, CancellationToken cancellationToken) =>
            await db.FindOrganisationAsync(command.Organisation, cancellationToken) is { } organisation
                ? organisation.AddContact(command.Name.Trim(), command.Email.Trim(), string.IsNullOrWhiteSpace(command.Phone) ? null : command.Phone.Trim())
                : Error.NotFound("organisation", command.Organisation);
    }
}
