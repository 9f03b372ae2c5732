using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Features.Notifications;

/// <summary>What several messages about people's own chats share.</summary>
public static class PersonalChats
{
    public static Task<PersonalChat?> ChatOfAsync(this DeployHubDb db, Guid person, CancellationToken cancellationToken) =>
        db.PersonalChats.SingleOrDefaultAsync(chat => chat.Person == person, cancellationToken);

    /// <summary>Hosts beside those of Slack and Teams that people may name, by <c>DeployHub:ChatHosts</c>, with commas between them.</summary>
    internal static IReadOnlyCollection<string> OwnHosts(IConfiguration configuration) =>
        (configuration["DeployHub:ChatHosts"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The message that shows whether it arrives.</summary>
    internal static Delivery TestOf(PersonalChat chat, string name, DateTimeOffset at) => Delivery.ByChat(
        chat, EventTypes.ChatTest, "chat", ChatMessages.Of(chat.Kind, "DeployHub reaches you", $"{name} asked for this message, to see whether it arrives.", null), at, at);
}
