using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;

namespace DeployHub.Domain.Partners;

/// <summary>Somebody outside of the team whom deployments concern: a partner, a consumer, a supplier, another unit of the house (domain §2.3.3, M3).</summary>
public sealed class Organisation
{
    /// <summary>Contacts, rules, agreements and freezes that count at once, of each.</summary>
    public const int Most = 100;

    /// <summary>Nobody says further ahead when nothing is to be deployed.</summary>
    public const int YearsAhead = 3;

    /// <summary>Working days, unless told (domain Appendix A).</summary>
    public const int UsualNotice = 5;

    private static readonly TimeSpan LongestAgreement = TimeSpan.FromDays(731), LongestFreeze = TimeSpan.FromDays(92);

    private Organisation() { }

    public OrganisationId Id { get; private init; }

    /// <summary>Unique, stands in addresses, never changes.</summary>
    public string Key { get; private init; } = "";

    public string Name { get; private set; } = "";

    public OrganisationKind Kind { get; private set; }

    /// <summary>IANA id of the clock that it lives by: its working days and conditions are read there.</summary>
    public string TimeZone { get; private set; } = "UTC";

    /// <summary>How many working days before a deployment it is to be asked.</summary>
    public int NoticeDays { get; private set; }

    public SilencePolicy Silence { get; private set; }

    public IReadOnlyList<Contact> Contacts { get; private set; } = [];

    public IReadOnlyList<Concern> Concerns { get; private set; } = [];

    public IReadOnlyList<StandingAgreement> Agreements { get; private set; } = [];

    public IReadOnlyList<PartnerFreeze> Freezes { get; private set; } = [];

    public Actor RegisteredBy { get; private init; } = Actor.System;

    public DateTimeOffset RegisteredAt { get; private init; }

    /// <summary>Null while deployments may concern it.</summary>
    public Ending? Ended { get; private set; }

    /// <summary>Contacts that are not ended.</summary>
    public IEnumerable<Contact> PeopleNow() => Contacts.Where(contact => contact.Ended is null);

    /// <summary>Whoever has this address answers for it; null is nobody's.</summary>
    public bool IsAnsweredBy(string? address) =>
        address is not null && Ended is null && PeopleNow().Any(contact => contact.Email.Equals(address, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those who answer for a service: who stands on its distribution list, or everybody where none of them does.</summary>
    /// <param name="listed">Addresses on the list.</param>
    public IReadOnlyList<Contact> Answering(IEnumerable<string> listed)
    {
        var named = listed.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var those = PeopleNow().Where(contact => named.Contains(contact.Email)).ToList();
        return those.Count > 0 ? those : [.. PeopleNow()];
    }

    /// <summary>Freezes that count and are not over.</summary>
    public IEnumerable<PartnerFreeze> FreezesAfter(DateTimeOffset at) => Freezes.Where(freeze => freeze.Ended is null && freeze.EndsAt > at);

    /// <summary>Standing agreements that count and are not over.</summary>
    public IEnumerable<StandingAgreement> AgreementsAfter(DateTimeOffset at) => Agreements.Where(agreement => agreement.Ended is null && agreement.Until > at);

    public static Organisation Register(string key, string name, OrganisationKind kind, string timeZone, int noticeDays, SilencePolicy silence, Actor by, DateTimeOffset at) =>
        new() { Id = OrganisationId.New(), Key = key, Name = name, Kind = kind, TimeZone = timeZone, NoticeDays = noticeDays, Silence = silence, RegisteredBy = by, RegisteredAt = at };

    /// <summary>What has been asked already keeps the notice and the policy with which it was asked.</summary>
    public Result Describe(string name, OrganisationKind kind, string timeZone, int noticeDays, SilencePolicy silence)
    {
        if (Ended is { } ended) return PartnerErrors.Ended(Name, ended);

        (Name, Kind, TimeZone, NoticeDays, Silence) = (name, kind, timeZone, noticeDays, silence);
        return Result.Success;
    }

    /// <summary>Nothing concerns it any more; what it answered stays in the records.</summary>
    public Result End(string reason, Actor by, DateTimeOffset at)
    {
        if (Ended is { } ended) return PartnerErrors.Ended(Name, ended);

        Ended = new Ending(reason, by, at);
        return Result.Success;
    }

    public Result<int> AddContact(string name, string email, string? phone)
    {
        if (Refusal(PeopleNow().Count()) is { } refusal) return refusal;
        if (PeopleNow().Any(contact => contact.Email.Equals(email, StringComparison.OrdinalIgnoreCase))) return PartnerErrors.ContactTaken(email);

        Contacts = [.. Contacts, new Contact(Contacts.Count + 1, name, email, phone)];
        return Contacts.Count;
    }

    /// <summary>Whoever has the address is no contact any more, by their own wish. Refused with <c>organisation.not-your-contact</c>.</summary>
    public Result Leave(string address, Actor by, DateTimeOffset at) =>
        PeopleNow().FirstOrDefault(contact => contact.Email.Equals(address, StringComparison.OrdinalIgnoreCase)) is { } contact
            ? EndEntry(OrganisationEntry.Contact, contact.Number, "Left by their own wish.", by, at)
            : PartnerErrors.NotYourContact(Key);

    /// <summary>From now on: plans that were made before take it over when they are edited.</summary>
    public Result<int> AddConcern(string? service, string? environment, bool isRequired, RiskBand fromRisk)
    {
        if (Refusal(Concerns.Count(concern => concern.Ended is null)) is { } refusal) return refusal;

        Concerns = [.. Concerns, new Concern(Concerns.Count + 1, service, environment, isRequired, fromRisk)];
        return Concerns.Count;
    }

    /// <summary>Refused with <c>organisation.agreement-over</c> unless it ends within two years.</summary>
    public Result<int> Agree(
        IReadOnlyList<string> services, IReadOnlyList<string> environments, IReadOnlyList<ChangeCategory> categories, RiskBand upToRisk, DateTimeOffset until, string document,
        Actor by, DateTimeOffset at)
    {
        if (Refusal(AgreementsAfter(at).Count()) is { } refusal) return refusal;
        if (until <= at || until > at + LongestAgreement) return PartnerErrors.AgreementOver;

        Agreements = [.. Agreements, new StandingAgreement(Agreements.Count + 1, services, environments, categories, upToRisk, until, document, by, at)];
        return Agreements.Count;
    }

    /// <param name="timeZone">IANA id; null takes the organisation's own.</param>
    public Result<int> Freeze(string name, DateTime start, DateTime end, string? timeZone, Actor by, DateTimeOffset at)
    {
        if (Refusal(FreezesAfter(at).Count()) is { } refusal) return refusal;
        if (end <= start) return PartnerErrors.FreezeBackwards;
        if (end - start > LongestFreeze) return PartnerErrors.FreezeTooLong;
        if (end.Year < at.Year - 1) return PartnerErrors.FreezeOver;
        if (end.Year > at.Year + YearsAhead) return PartnerErrors.FreezeTooFar;

        var freeze = new PartnerFreeze(Freezes.Count + 1, name, start, end, timeZone ?? TimeZone, by, at);
        if (freeze.EndsAt <= freeze.StartsAt) return PartnerErrors.FreezeBackwards; // where clocks are put forward, an hour is not there
        if (freeze.EndsAt <= at) return PartnerErrors.FreezeOver;
        if (Freezes.FirstOrDefault(known => known.Ended is null && (known.Name, known.Start, known.End, known.TimeZone) == (name, start, end, freeze.TimeZone)) is { } sentTwice)
            return sentTwice.Number;

        Freezes = [.. Freezes, freeze];
        return freeze.Number;
    }

    /// <summary>Ends one of what it has several of; its number stays taken.</summary>
    public Result EndEntry(OrganisationEntry entry, int number, string reason, Actor by, DateTimeOffset at)
    {
        if (Find(entry, number) is not { } found) return PartnerErrors.NoSuchEntry(entry, number);
        if (found.Ended is { } ended) return PartnerErrors.EntryEnded(entry, ended);

        var ending = new Ending(reason, by, at);
        switch (entry)
        {
            case OrganisationEntry.Contact:
                Contacts = [.. Contacts.Select(contact => contact.Number == number ? contact with { Ended = ending } : contact)];
                break;
            case OrganisationEntry.Concern:
                Concerns = [.. Concerns.Select(concern => concern.Number == number ? concern with { Ended = ending } : concern)];
                break;
            case OrganisationEntry.Agreement:
                Agreements = [.. Agreements.Select(agreement => agreement.Number == number ? agreement with { Ended = ending } : agreement)];
                break;
            default:
                Freezes = [.. Freezes.Select(freeze => freeze.Number == number ? freeze with { Ended = ending } : freeze)];
                break;
        }

        return Result.Success;
    }

    /// <summary>Whether a deployment of the service to the environment is any business of theirs.</summary>
    public bool IsConcernedBy(string service, string environment) => Ended is null && Concerns.Any(concern => concern.Covers(service, environment));

    public bool HasToAgreeTo(string service, string environment, RiskBand risk) => Ended is null && Concerns.Any(concern => concern.Requires(service, environment, risk));

    private Error? Refusal(int count) => Ended is { } ended ? PartnerErrors.Ended(Name, ended) : count >= Most ? PartnerErrors.TooMany : null;

    private (Ending? Ended, int Number)? Find(OrganisationEntry entry, int number)
    {
        IEnumerable<(Ending? Ended, int Number)> entries = entry switch
        {
            OrganisationEntry.Contact => Contacts.Select(contact => (contact.Ended, contact.Number)),
            OrganisationEntry.Concern => Concerns.Select(concern => (concern.Ended, concern.Number)),
            OrganisationEntry.Agreement => Agreements.Select(agreement => (agreement.Ended, agreement.Number)),
            _ => Freezes.Select(freeze => (freeze.Ended, freeze.Number)),
        };
        return entries.Where(known => known.Number == number).Select(known => ((Ending? Ended, int Number)?)known).FirstOrDefault();
    }
}
