using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Vulnerabilities;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Vulnerabilities;

/// <summary>
/// Takes vulnerabilities in the OSV format into the list: one record, several as JSON lines or as a list, or a zip of them as osv.dev gives out
/// for each ecosystem. Doing it again changes nothing; a record replaces one of the same id when it was modified later.
/// </summary>
/// <param name="Content">JSON, JSON lines or a zip; at most 512 MiB.</param>
/// <param name="WholeListsOf">The ecosystems whose whole list this is, such as npm; none for single records, which make no list younger.</param>
/// <param name="AsOf">When its database gave it out; now unless told.</param>
[Requires(Permission.ManageSettings), TriedOnce]
public sealed record ImportVulnerabilities(Stream Content, IReadOnlyList<string>? WholeListsOf = null, DateTimeOffset? AsOf = null) : ICommand<Result<ImportVulnerabilities.Imported>>
{
    public const long MostBytes = 512L * 1024 * 1024;

    private const int MostRecords = 1_000_000;
    private const int MostEcosystems = 50;

    /// <param name="Read">Records that the upload held.</param>
    /// <param name="Stored">Those that were new, or newer than what was there.</param>
    public sealed record Imported(int Read, int Stored);

    internal sealed class Validator : AbstractValidator<ImportVulnerabilities>
    {
        public Validator(TimeProvider clock)
        {
            RuleFor(command => command.Content).NotNull().WithMessage("Choose a file.");
            RuleFor(command => command.WholeListsOf).Must(ecosystems => ecosystems is null or { Count: <= MostEcosystems }).WithMessage($"Name at most {MostEcosystems} ecosystems.");
            RuleForEach(command => command.WholeListsOf).NotEmpty().MaximumLength(100).Must(ecosystem => ecosystem?.Contains(':', StringComparison.Ordinal) is not true)
                .WithMessage("Name an ecosystem as OSV does, without a release, such as npm or Debian.");
            RuleFor(command => command.AsOf).Must(at => at is null || at <= clock.GetUtcNow().AddMinutes(5)).WithMessage("A list cannot be of the future.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ImportVulnerabilities, Result<Imported>>
    {
        private const int Batch = 500;

        private readonly HashSet<string> _ecosystems = [];
        private int _read;
        private int _stored;

        public async ValueTask<Result<Imported>> Handle(ImportVulnerabilities command, CancellationToken cancellationToken)
        {
            try
            {
                await using var list = new UploadedList();
                await list.TakeAsync(command.Content, cancellationToken);
                if (await StoreAsync(list, cancellationToken) is { } refusal) return refusal;
            }
            catch (UnreadableListException unreadable)
            {
                return Refusal("unreadable", $"The upload {unreadable.Message}.");
            }

            if (_read == 0) return Refusal("empty", "The upload holds no record.");
            var missing = (command.WholeListsOf ?? []).Except(_ecosystems).ToList();
            if (missing.Count > 0) return Error.Invalid("osv.not-the-list", nameof(command.WholeListsOf), $"The upload has no record of {Words.List(missing)}, so it is not the whole list. It has {Words.List(_ecosystems.Order(StringComparer.Ordinal).Take(20))}.");

            await RenewAsync(command, cancellationToken);
            return new Imported(_read, _stored);
        }

        private async Task<Error?> StoreAsync(UploadedList list, CancellationToken cancellationToken)
        {
            var batch = new List<OsvRecord>(Batch);
            foreach (var (place, json) in list.Records())
            {
                var record = OsvRecord.Parse(json);
                if (record.Error is { } refusal) return refusal with { Message = $"{Words.Beginning(place, 200)}: {refusal.Message}" };
                if (++_read > MostRecords) return Refusal("size", $"The upload holds more than {MostRecords:N0} records.");

                _ecosystems.UnionWith(record.Value.Affected.Select(affected => Ecosystem.BaseOf(affected.Ecosystem)));
                batch.Add(record.Value);
                if (batch.Count < Batch) continue;
                _stored += await StoredVulnerabilities.MergeAsync(db, batch, cancellationToken);
                batch.Clear();
            }

            if (batch.Count > 0) _stored += await StoredVulnerabilities.MergeAsync(db, batch, cancellationToken);
            return null;
        }

        private async Task RenewAsync(ImportVulnerabilities command, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var asOf = command.AsOf?.ToUniversalTime() ?? now;
            foreach (var ecosystem in (command.WholeListsOf ?? []).Distinct())
                if (await db.VulnerabilityLists.FindAsync([ecosystem], cancellationToken) is { } known) known.Renew(asOf, caller.Actor, now);
                else db.VulnerabilityLists.Add(VulnerabilityList.Of(ecosystem, asOf, caller.Actor, now));
        }

        private static Error Refusal(string rule, string sentence) => Error.Invalid($"osv.{rule}", nameof(Content), sentence);
    }
}
