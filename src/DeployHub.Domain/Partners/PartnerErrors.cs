namespace DeployHub.Domain.Partners;

/// <summary>Every way organisations and their links say no.</summary>
public static class PartnerErrors
{
    public static readonly Error KeyTaken =
        Error.Invalid("organisation.key-taken", "Key", "There is an organisation with this key already. Choose another, or open that one.");

    public static readonly Error TooMany =
        new(ErrorKind.Conflict, "organisation.too-many", $"An organisation has at most {Organisation.Most} of these at once. End those that count no more.");

    public static readonly Error AgreementOver =
        Error.Invalid("organisation.agreement-over", "Until", "A standing agreement ends in the future, at most two years ahead, so that somebody looks at it again.");

    public static readonly Error FreezeBackwards = Error.Invalid("organisation.freeze-backwards", "End", "The freeze must end after it starts.");

    public static readonly Error FreezeOver = Error.Invalid("organisation.freeze-over", "End", "This freeze is over already. Give one that is still to come.");

    public static readonly Error FreezeTooFar =
        Error.Invalid("organisation.freeze-too-far", "End", $"A freeze ends at most {Organisation.YearsAhead} years ahead. Check the year, and add a later one when it is nearer.");

    public static readonly Error FreezeTooLong = Error.Invalid("organisation.freeze-too-long", "End", "A freeze lasts 92 days at most. Talk to the release manager about longer ones.");

    public static readonly Error LinkTooLong =
        Error.Invalid("partner.link-too-long", "ExpiresAt", $"A partner's link lives at most {PartnerLink.LongestLife.TotalDays:0} days and must expire in the future.");

    public static readonly Error LinkInvalid =
        new(ErrorKind.Forbidden, "partner.link-invalid", "This link is unknown, has expired or was revoked. Ask whoever sent it for another.")
        {
            WhoCould = "a release manager, deployment manager or practitioner",
        };

    public static readonly Error RecipientTold = Error.Invalid("recipient.told-already", "Email", "This address is told of this service already.");

    /// <summary>The same whether there is such an organisation or not: whose contacts are whose is nothing to ask for.</summary>
    public static Error NotYourContact(string key) =>
        new(ErrorKind.Conflict, "organisation.not-your-contact", $"You are no contact of an organisation with the key “{key}”. Your account lists those whose contact you are.");

    public static Error NoSuchEntry(OrganisationEntry entry, int number) =>
        new(ErrorKind.NotFound, $"{Words.Of(entry)}.not-found", $"There is no {Words.Of(entry)} {number} of this organisation.");

    public static Error EntryEnded(OrganisationEntry entry, Ending ended) =>
        new(ErrorKind.Conflict, "organisation.entry-ended", $"This {Words.Of(entry)} was ended by {ended.By.Name} on {ended.At:yyyy-MM-dd}: {ended.Reason}");

    public static Error Ended(string name, Ending ended) =>
        new(ErrorKind.Conflict, "organisation.ended", $"{name} was ended by {ended.By.Name} on {ended.At:yyyy-MM-dd}: {ended.Reason} Register it under another key to work with it again.");

    public static Error ContactTaken(string email) =>
        Error.Invalid("organisation.contact-taken", "Email", $"{email} is a contact of this organisation already.");
}
