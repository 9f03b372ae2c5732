using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Approves a place from which artefacts may be deployed (domain §1.2). Answers its key.</summary>
/// <param name="Location">The folder's absolute path, or an http or https address: below which artefacts lie, of the registry with the beginning that its repositories share, of the bucket, or of the NuGet feed's service index.</param>
/// <param name="Credential">Name of the secret that opens an address, never the value. The secret holds <c>user:password</c> or a bearer token; for S3 <c>accessKeyId:secretAccessKey</c>, with a session token behind another colon.</param>
/// <param name="Region">Of an S3 store: what requests are signed for; us-east-1 unless told.</param>
[Requires(Permission.ManageSettings)]
public sealed record RegisterStore(string Key, string Name, StoreKind Kind, string Location, string? Credential = null, string? Region = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RegisterStore>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Kind).IsInEnum();
            this.IsLocation(command => command.Location, command => command.Kind);
            RuleFor(command => command.Credential).IsSecretName();
            RuleFor(command => command.Credential).Empty().When(command => command.Kind is StoreKind.Folder)
                .WithMessage("A folder is read with the worker's own rights; leave the credential empty.");
            RuleFor(command => command.Region).Must(StoreRules.IsRegion).WithMessage(StoreRules.RegionRule);
            RuleFor(command => command.Region).Empty().When(command => command.Kind is not StoreKind.S3).WithMessage("Only an S3 store has a region; leave it empty.");
        }
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<RegisterStore, Result<string>>
    {
        public ValueTask<Result<string>> Handle(RegisterStore command, CancellationToken cancellationToken)
        {
            db.Stores.Add(DefinitiveStore.Register(command.Key, command.Name, command.Kind, command.Location, command.Credential, command.Region));
            return ValueTask.FromResult<Result<string>>(command.Key);
        }
    }
}
