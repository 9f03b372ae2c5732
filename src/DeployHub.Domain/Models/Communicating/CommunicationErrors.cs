namespace DeployHub.Domain.Models.Communicating;

/// <summary>Every way the communication of a publication says no.</summary>
public static class CommunicationErrors
{
    public static readonly Error NothingAsked =
        new(ErrorKind.Conflict, "publication.nothing-asked", "No acknowledgement is asked here: either the publisher asked for none, or they are not among those who were told.");

    public static readonly Error AlreadyAcknowledged =
        new(ErrorKind.Conflict, "publication.already-acknowledged", "It is acknowledged already; once is enough.");

    public static readonly Error OwnExemption =
        new(ErrorKind.Forbidden, "publication.own-exemption", "Nobody exempts themselves. Acknowledge it, or let somebody else say why nobody waits for you.")
        {
            WhoCould = "somebody else who may exempt readers",
        };

    public static readonly Error DueOutside =
        Error.Invalid("publication.due-outside", "AcknowledgeBy", "Choose a day from today until a year from now, or leave it empty to ask for no acknowledgement.");

    public static Error NoSuchReader(string person) =>
        Error.Invalid("publication.no-such-reader", "Person", $"“{person}” is not among those who were told of this publication.");
}
