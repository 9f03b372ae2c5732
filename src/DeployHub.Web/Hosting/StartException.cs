using DeployHub.Features.Data.Embedded;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace DeployHub.Web.Hosting;

/// <summary>The process cannot start as it was asked to; the message is for the person who started it.</summary>
internal sealed class StartException(string message) : Exception(message)
{
    /// <summary>A sentence for what a person can put right; null for a bug, which shows its stack.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        StartException or EmbeddedPostgresException => exception.Message,
        OperationCanceledException => "Stopped before the start was complete.",
        IOException { InnerException: AddressInUseException } => $"{exception.Message} Choose another with --urls http://localhost:<port>.",
        NpgsqlException => $"The database of ConnectionStrings__DeployHub cannot be used: {exception.Message}",
        _ => null,
    };
}
