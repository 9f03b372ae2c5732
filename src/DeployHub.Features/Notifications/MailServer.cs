using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Features.Notifications;

/// <summary>By which mail server mails go: the one that an administrator named, else the one of the section <c>DeployHub:Mail</c>.</summary>
public static class MailServer
{
    public const string Section = "DeployHub:Mail";

    /// <summary>Null where nobody named one.</summary>
    public static async Task<MailSettings?> MailServerAsync(this DeployHubDb db, IConfiguration configuration, CancellationToken cancellationToken) =>
        await db.MailSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? Configured(configuration.GetSection(Section));

    private static MailSettings? Configured(IConfiguration section) => section["Host"] is { Length: > 0 } host && section["Sender"] is { Length: > 0 } sender
        ? MailSettings.Of(
            host, int.TryParse(section["Port"], out var port) ? port : 587, Enum.TryParse<MailTls>(section["Tls"], ignoreCase: true, out var tls) ? tls : MailTls.StartTls,
            section["User"], section["Secret"], sender, section["SenderName"] is { Length: > 0 } name ? name : "DeployHub", isOn: true)
        : null;
}
