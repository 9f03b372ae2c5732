using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Partners;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Says whether windows and freezes allow a slot, and which are free next. Without a start and an end it only looks for free ones.</summary>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Service">Key of the service; null asks for what holds for every one.</param>
/// <param name="Targets">Names; none for every target in service.</param>
/// <param name="Start">Of the slot; null for any.</param>
/// <param name="End">Of the slot; null where a length is said.</param>
/// <param name="LengthMinutes">How long the slot has to be, 1 to 44,640; one hour unless told.</param>
/// <param name="Category">Some freezes let changes of a category pass.</param>
/// <param name="Deployment">Number of the deployment that it is for: exceptions that it holds count, and its own slot is not another's.</param>
/// <param name="OtherServices">Keys of services whose components are moved with it; null takes those of the deployment.</param>
/// <param name="Components">Keys of what is to be moved: times that others hold it for are not free. Null takes what the deployment moves, and without one whatever the services own.</param>
public sealed record CheckSlot(
    string Environment, string? Service = null, IReadOnlyList<string>? Targets = null, DateTimeOffset? Start = null, DateTimeOffset? End = null, int? LengthMinutes = null,
    ChangeCategory Category = ChangeCategory.Normal, string? Deployment = null, IReadOnlyList<string>? OtherServices = null,
    IReadOnlyList<string>? Components = null) : IQuery<Result<CheckSlot.View>>
{
    /// <param name="Sentence">All in one.</param>
    /// <param name="IsFree">Nothing stands in the way of the slot; also where none was named.</param>
    /// <param name="IsUnbound">No window binds the place, so that it is always open.</param>
    /// <param name="Free">The next three slots of that length, from the named start on.</param>
    public sealed record View(string Sentence, bool IsFree, bool IsUnbound, IReadOnlyList<SlotVerdict> Verdicts, IReadOnlyList<Slot> Free)
    {
        /// <summary>Partners whom it concerns and who have a freeze of their own then: advice, unless they have to agree.</summary>
        public IReadOnlyList<BusyAdvice> Partners { get; init; } = [];
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<CheckSlot, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(CheckSlot query, CancellationToken cancellationToken)
        {
            if (await db.Environments.AsNoTracking().SingleOrDefaultAsync(known => known.Key == query.Environment, cancellationToken) is not { } environment) return Error.NotFound("environment", query.Environment);
            if (query is { Start: { } from, End: { } to } && to <= from) return Error.Invalid("slot.ends-before-start", "End", "The slot must end after it starts.");
            if (query.LengthMinutes is < 1 or > 44_640) return Error.Invalid("slot.length", "LengthMinutes", "Say a length from 1 minute to 31 days.");

            var at = clock.GetUtcNow();
            var start = query.Start?.ToUniversalTime() ?? at;
            var length = query.End is { } end && query.Start is not null ? end.ToUniversalTime() - start : TimeSpan.FromMinutes(query.LengthMinutes ?? 60);
            if (length > TimeSpan.FromDays(31) || start > at.AddYears(5)) return Error.Invalid("slot.too-far", "Start", "A slot lasts at most 31 days and starts within five years.");
            if (query.Start is not null && start + length <= at) return Error.Invalid("slot.past", "End", "The slot is over already. Choose one that is to come.");

            var names = query.Targets is { Count: > 0 } ? query.Targets : null;
            var targets = names is null ? null : await db.Targets.Where(target => target.EnvironmentId == environment.Id && names.Contains(target.Name)).Select(target => target.Id).ToListAsync(cancellationToken);
            if (names is not null && targets!.Count < names.Distinct().Count())
                return Error.Invalid("slot.target-unknown", "Targets", $"Not every target that you name is in {environment.Key}: {Words.List(names)}. Correct the names, or name none for all of them.");
            var deployment = query.Deployment is { } number ? await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == number, cancellationToken) : null;
            var services = await ServicesAsync(query, deployment, cancellationToken);
            var place = await db.PlaceAsync(environment, services.FirstOrDefault(""), targets, cancellationToken) with { OtherServices = [.. services.Skip(1)] };
            var taken = await db.TakenTimesAsync(environment.Id, await ComponentsAsync(query, deployment, services, cancellationToken), deployment?.Id ?? default, at, cancellationToken);
            var times = await db.FreeTimesAsync(place, new Occurrence(start, start + length), query.Category, at, cancellationToken, taken);
            var exceptions = await ExceptionsAsync(deployment, cancellationToken);
            var passages = query.Start is null ? [] : PassagesOf(times.FreezesDuring(new Occurrence(start, start + length), query.Category), exceptions, deployment, start);
            var verdicts = query.Start is null ? [] : times.Judge(new Occurrence(start, start + length), query.Category, environment.Owner, passages.ContainsKey);
            IReadOnlyList<Slot> free = [.. times.FreeSlots(length, start > at ? start : at, query.Category, busy: taken).Select(slot => new Slot(slot.Start, slot.End))];
            var partners = query.Start is null ? [] : await PartnersAsync(query.Environment, services, new Occurrence(start, start + length), cancellationToken);
            return new View(SentenceOf(query, times, verdicts, [.. passages.Values], free, partners), verdicts.Count == 0, times.IsUnbound, verdicts, free) { Partners = partners };
        }

        /// <summary>A plan of several services needs a time that suits them all; none where nothing says which they are.</summary>
        private async Task<IReadOnlyList<string>> ServicesAsync(CheckSlot query, Deployment? deployment, CancellationToken cancellationToken)
        {
            var others = query.OtherServices ?? (deployment is null ? [] : await db.ServicesOfAsync(deployment.Plan.Versions, cancellationToken));
            return [.. others.Prepend(query.Service).OfType<string>().Where(service => service.Length > 0).Distinct()];
        }

        private async Task<IReadOnlyList<ComponentId>> ComponentsAsync(CheckSlot query, Deployment? deployment, IReadOnlyList<string> services, CancellationToken cancellationToken)
        {
            if (query.Components is { Count: > 0 } keys) return await db.Components.Where(component => keys.Contains(component.Key)).Select(component => component.Id).ToListAsync(cancellationToken);
            if (deployment is not null) return [.. deployment.Plan.Versions.Select(version => version.ComponentId)];

            return await (from component in db.Components join service in db.Services on component.ServiceId equals service.Id where services.Contains(service.Key) select component.Id)
                .ToListAsync(cancellationToken);
        }

        private async Task<IReadOnlyList<BusyAdvice>> PartnersAsync(string environment, IReadOnlyList<string> services, Occurrence slot, CancellationToken cancellationToken) =>
        [
            .. (await db.PartnerFreezesAsync(slot, cancellationToken))
                .Where(time => services.Count == 0 ? time.Concerns(null, environment) : services.Any(service => time.Concerns(service, environment))).Select(BusyAdvice.Of),
        ];

        private async Task<IReadOnlyList<FreezeException>> ExceptionsAsync(Deployment? deployment, CancellationToken cancellationToken) =>
            deployment is null ? [] : await db.FreezeExceptions.AsNoTracking().Where(exception => exception.DeploymentId == deployment.Id).OrderBy(exception => exception.Number).ToListAsync(cancellationToken);

        /// <summary>What an exception says about each freeze that it answers for.</summary>
        private static Dictionary<FreezeTime, string> PassagesOf(IEnumerable<FreezeTime> freezes, IReadOnlyList<FreezeException> exceptions, Deployment? deployment, DateTimeOffset start) =>
            (from freeze in freezes
             let passage = exceptions.FirstOrDefault(exception => exception.Answers(freeze, deployment!.PlanDigest, start))
             where passage is not null
             select (freeze, Sentence: passage.PassageSentence(freeze.Freeze.Name))).ToDictionary(found => found.freeze, found => found.Sentence);

        private static string SentenceOf(CheckSlot query, OpenTimes times, IReadOnlyList<SlotVerdict> verdicts, IReadOnlyList<string> passages, IReadOnlyList<Slot> free, IReadOnlyList<BusyAdvice> partners)
        {
            var next = SlotVerdicts.InWords([.. free.Select(slot => new Occurrence(slot.Start, slot.End))]);
            if (verdicts.Count > 0) return $"{string.Join(' ', verdicts.Select(verdict => verdict.Sentence))} {next}";
            if (query.Start is null) return next;
            if (query.Category is ChangeCategory.Emergency) return "Windows do not bind an emergency, and no freeze that does holds then.";
            var but = partners.Count == 0 ? "" : $" but by {Words.List(partners.Select(partner => partner.Name).Distinct())}";
            if (passages.Count > 0) return $"{(times.IsUnbound ? "No window binds it here." : "Inside a window.")} {string.Join(' ', passages)}";
            return times.IsUnbound ? $"No window binds it here, and nothing is frozen then{but}." : $"Inside a window, and nothing is frozen then{but}.";
        }
    }
}
