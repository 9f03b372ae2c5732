using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>
/// Makes a version of a component known for ever. The same label with the same content answers the version that is there; with other
/// content it is refused with <c>VersionLabelReused</c>, with other dependencies with <c>component-version.other-dependencies</c>.
/// </summary>
/// <param name="Component">Key of the component.</param>
/// <param name="Artefacts">What has bytes, each in a definitive store.</param>
/// <param name="Manifest">What has none, by name: serial numbers, an effective date, counts (Appendix F).</param>
/// <param name="Provenance">Where it came from: build, commit, author.</param>
/// <param name="Dependencies">What it needs of other components, and what it goes with.</param>
[Requires(Permission.RegisterVersions)]
public sealed record RegisterComponentVersion(
    string Component, string Label, IReadOnlyList<RegisterComponentVersion.Artefact>? Artefacts = null,
    IReadOnlyDictionary<string, string>? Manifest = null, IReadOnlyDictionary<string, string>? Provenance = null, IReadOnlyList<Dependency>? Dependencies = null)
    : ICommand<Result<RegisterComponentVersion.Registered>>
{
    /// <param name="Name">Unique within the version, such as <c>package</c>.</param>
    /// <param name="Store">Key of a definitive store.</param>
    /// <param name="Path">In the store: relative below a folder, an address or a bucket; <c>shop/web</c> in a registry; <c>package@version</c> in a feed.</param>
    /// <param name="Digest"><c>sha256:</c> and 64 hexadecimal digits over the bytes.</param>
    /// <param name="Size">Bytes, when known.</param>
    public sealed record Artefact(string Name, string Store, string Path, string Digest, long? Size = null);

    /// <param name="IsNew">False when the same content was registered under this label before.</param>
    public sealed record Registered(string Component, string Label, Digest Digest, bool IsNew);

    internal sealed class Validator : AbstractValidator<RegisterComponentVersion>
    {
        public Validator()
        {
            RuleFor(command => command.Label).IsLabel();
            RuleFor(command => command.Label).NotEqual(WatchedFact.Absent).WithMessage("“absent” is what a plan says of a component that it removes: give the version another label.");
            RuleFor(command => command.Artefacts!).Cascade(CascadeMode.Stop)
                .Must(artefacts => artefacts.Count <= 100 && !artefacts.Contains(null!)).WithMessage("Use at most 100 artefacts, none of them null.")
                .Must(artefacts => artefacts.DistinctBy(artefact => artefact.Name).Count() == artefacts.Count)
                .WithMessage("Two artefacts have the same name; each needs its own.").When(command => command.Artefacts is not null);
            RuleForEach(command => command.Artefacts).SetValidator(new ArtefactRules());
            RuleFor(command => command.Manifest!).IsDictionary(20_000, InventoryRules.IsEntryName, InventoryRules.EntryNameRule).When(command => command.Manifest is not null);
            RuleFor(command => command.Provenance!).IsDictionary(2000, InventoryRules.IsEntryName, InventoryRules.EntryNameRule).When(command => command.Provenance is not null);
            RuleFor(command => command.Dependencies!).Must(dependencies => dependencies.Count <= Dependency.Most && !dependencies.Contains(null!)).WithMessage($"Declare at most {Dependency.Most} dependencies, none of them null.")
                .When(command => command.Dependencies is not null);
            RuleForEach(command => command.Dependencies).ChildRules(dependency =>
            {
                dependency.RuleFor(declared => declared.Component).IsKey();
                dependency.RuleFor(declared => declared.Versions).Must(versions => VersionRange.Parse(versions).Error is null).WithMessage(VersionRange.Rule);
                dependency.RuleFor(declared => declared.Kind).IsInEnum();
                dependency.RuleFor(declared => declared.Where).IsInEnum();
            });
        }
    }

    private sealed class ArtefactRules : AbstractValidator<Artefact>
    {
        public ArtefactRules()
        {
            RuleFor(artefact => artefact.Name).IsKey();
            RuleFor(artefact => artefact.Store).NotEmpty().WithMessage("Say in which definitive store it lies.");
            RuleFor(artefact => artefact.Path).IsPathInStore();
            RuleFor(artefact => artefact.Digest).Must(digest => Domain.Digest.Parse(digest).Error is null)
                .WithMessage("Write a digest as sha256: and 64 hexadecimal digits.");
            RuleFor(artefact => artefact.Size).GreaterThanOrEqualTo(0).WithMessage("A size is a number of bytes, 0 or more.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RegisterComponentVersion, Result<Registered>>
    {
        public async ValueTask<Result<Registered>> Handle(RegisterComponentVersion command, CancellationToken cancellationToken)
        {
            var component = await LockAsync(command.Component, cancellationToken);
            if (component is null) return Error.NotFound("component", command.Component);
            if (caller.RefusalAround(Permission.RegisterVersions, service: await db.ServiceOfAsync(component, cancellationToken)) is { } outOfReach) return outOfReach;
            if (await RefusalOfPlacesAsync(command.Artefacts ?? [], cancellationToken) is { } nowhere) return nowhere;
            if (await RefusalOfDependenciesAsync(command.Dependencies ?? [], cancellationToken) is { } unknown) return unknown;

            var made = Make(component, command);
            if (made.Error is not null) return made.Error;
            var version = made.Value;

            var existing = await db.ComponentVersions
                .SingleOrDefaultAsync(other => other.ComponentId == component.Id && other.Label == command.Label, cancellationToken);
            if (existing?.IsSameAs(version).Error is { } other) return other;

            if (existing is null) db.ComponentVersions.Add(version);
            return new Registered(component.Key, version.Label, version.Digest, IsNew: existing is null);
        }

        /// <summary>One registration of a component at a time, so that two equal ones at once answer the same instead of colliding.</summary>
        private Task<Component?> LockAsync(string key, CancellationToken cancellationToken) =>
            db.Components.FromSql($"select *, xmin from components where key = {key} for update").SingleOrDefaultAsync(cancellationToken);

        /// <summary>Only a store's kind says how an artefact is named in it.</summary>
        private async Task<Error?> RefusalOfPlacesAsync(IReadOnlyList<Artefact> artefacts, CancellationToken cancellationToken)
        {
            var named = artefacts.Select(artefact => artefact.Store).Distinct().ToArray();
            var kinds = await db.Stores.Where(store => named.Contains(store.Key)).ToDictionaryAsync(store => store.Key, store => store.Kind, cancellationToken);
            foreach (var (index, artefact) in artefacts.Index())
            {
                if (!kinds.TryGetValue(artefact.Store, out var kind)) return InventoryErrors.Unknown("definitive-store", $"Artefacts[{index}].Store", artefact.Store);
                if (kind.RefusalOf(artefact.Path) is { } malformed) return Error.Invalid(malformed.Code, $"Artefacts[{index}].Path", malformed.Message);
            }

            return null;
        }

        /// <summary>A key that was mistyped would be missing in every environment.</summary>
        private async Task<Error?> RefusalOfDependenciesAsync(IReadOnlyList<Dependency> dependencies, CancellationToken cancellationToken)
        {
            var named = dependencies.Select(dependency => dependency.Component).Distinct().ToArray();
            var known = await db.Components.Where(component => named.Contains(component.Key)).Select(component => component.Key).ToListAsync(cancellationToken);
            foreach (var (index, dependency) in dependencies.Index())
                if (!known.Contains(dependency.Component)) return InventoryErrors.Unknown("component", $"Dependencies[{index}].Component", dependency.Component);
            return null;
        }

        private Result<ComponentVersion> Make(Component component, RegisterComponentVersion command) =>
            ComponentVersion.Register(
                component, command.Label,
                [.. (command.Artefacts ?? []).Select(artefact => new Domain.Inventory.Artefact(
                    artefact.Name, artefact.Store, artefact.Path, Digest.Of(artefact.Digest), artefact.Size))],
                command.Manifest ?? new Dictionary<string, string>(), command.Provenance ?? new Dictionary<string, string>(),
                [.. (command.Dependencies ?? []).Distinct()], caller.Actor, clock.GetUtcNow());
    }
}
