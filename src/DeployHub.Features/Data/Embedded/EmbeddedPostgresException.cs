namespace DeployHub.Features.Data.Embedded;

/// <summary>The embedded PostgreSQL cannot be had on this machine; the message says why and what to do about it.</summary>
public sealed class EmbeddedPostgresException(string message) : Exception(message)
{
    internal const string OrUseYourOwn = "Set ConnectionStrings__DeployHub to use a PostgreSQL server of your own instead.";
}
