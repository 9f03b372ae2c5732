using System.Globalization;
using System.Net;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Notifications;
using DeployHub.Worker.Secrets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace DeployHub.Worker.Notifications;

/// <summary>Makes mails and hands them to the mail server, each by a connection of its own, bounded in time however slowly the server answers.</summary>
internal sealed class Mails(SecretStore secrets, Masker masker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>There is no such mailbox, no such domain, or it is closed: as RFC 3463 numbers what servers say.</summary>
    private static readonly string[] NoSuchMailbox = ["5.1.1 ", "5.1.2 ", "5.2.1 "];

    /// <summary>A mail and whom it is for.</summary>
    /// <param name="Id">The same however often it is sent.</param>
    /// <param name="Address">Under which people reach this DeployHub; null where nobody said, then it has no links.</param>
    internal sealed record Mail(string Id, string ToName, string To, MailText Text, DateTimeOffset At, Uri? Address)
    {
        /// <summary>Where somebody without an account answers: a secret of theirs. Null for accounts, and where nothing is left to see.</summary>
        public string? Link { get; init; }
    }

    public async Task<(MailAnswer Came, string Words)> SendAsync(MailSettings server, Mail mail, CancellationToken cancellationToken)
    {
        if (!MailSettings.IsMailbox(server.Sender)) return (MailAnswer.NotNow, "Not sent: the sender that is named for DeployHub is no mail address.");
        if (!MailSettings.KeepsPassword(server.Host, server.Tls, server.User))
            return (MailAnswer.NotNow, "Not sent: the password of the mail server would go there without encryption.");
        if (!MailboxAddress.TryParse(mail.To, out _)) return (MailAnswer.MailboxRefused, "Not sent: the account’s address is no mail address.");

        using var message = MessageOf(server, mail); // what cannot be written is no fault of the server’s, and must not wait for it for days
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            string? password = null;
            if (server.Secret is { } name && (password = await secrets.FindAsync(name, limit.Token)) is null)
                return (MailAnswer.NotNow, $"Not sent: this worker knows no secret named “{name}”.");

            return (MailAnswer.Taken, Shown(await HandOverAsync(server, password, message, limit.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (MailAnswer.NotNow, "The mail server gave no answer in time.");
        }
        catch (SmtpCommandException refused)
        {
            return (CameOf(refused), Shown($"{(int)refused.StatusCode} {refused.Message}"));
        }
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested) // whatever it is, the mail waits and says why
        {
            return (MailAnswer.NotNow, Shown($"The mail server could not be used: {trouble.Message}"));
        }
    }

    private static async Task<string> HandOverAsync(MailSettings server, string? password, MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        await client.ConnectAsync(server.Host, server.Port, TlsOf(server.Tls), cancellationToken);
        if (server.User is { Length: > 0 } user) await client.AuthenticateAsync(user, password ?? "", cancellationToken);
        var answer = await client.SendAsync(message, cancellationToken);
        await LeaveAsync(client, cancellationToken);
        return answer.Length > 0 ? answer : "Taken.";
    }

    /// <summary>The server has the mail by now: whatever happens at the goodbye must not send it again.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception)
        {
        }
    }

    /// <summary>What begins with 4 is for later. The recipient’s is about the mailbox only where the server says so: it may be about who sends, too.</summary>
    internal static MailAnswer CameOf(SmtpCommandException refused) => refused.ErrorCode switch
    {
        _ when (int)refused.StatusCode < 500 => MailAnswer.NotNow,
        SmtpErrorCode.RecipientNotAccepted when NoSuchMailbox.Any(code => refused.Message.StartsWith(code, StringComparison.Ordinal)) => MailAnswer.MailboxRefused,
        SmtpErrorCode.MessageNotAccepted => MailAnswer.Refused,
        _ => MailAnswer.NotNow,
    };

    private static SecureSocketOptions TlsOf(MailTls tls) => tls switch
    {
        MailTls.FromTheBeginning => SecureSocketOptions.SslOnConnect,
        MailTls.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls, // which a server that offers none is refused by
    };

    private static MimeMessage MessageOf(MailSettings server, Mail mail)
    {
        var host = server.Sender[(server.Sender.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var message = new MimeMessage { MessageId = $"{mail.Id}@{host}", Date = mail.At, Subject = OneLine(mail.Text.Subject) };
        message.From.Add(new MailboxAddress(server.SenderName, server.Sender));
        message.To.Add(new MailboxAddress(OneLine(mail.ToName), mail.To));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.Text.Thread is { } thread) message.References.Add($"{Token(thread)}@{host}"); // all mails of one deployment stand together
        if (mail is { Address: { } address, Text.Why: null }) message.Headers.Add(HeaderId.ListUnsubscribe, $"<{address.To("/account/notifications")}>");
        var body = new BodyBuilder { TextBody = PlainOf(mail), HtmlBody = HtmlOf(mail) };
        if (mail.Text.Calendar is { } calendar) body.Attachments.Add(AttachmentOf(calendar));
        message.Body = body.ToMessageBody();
        return message;
    }

    private static TextPart AttachmentOf(MailText.CalendarFile calendar)
    {
        var file = new TextPart("calendar")
        {
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            ContentTransferEncoding = ContentEncoding.Base64,
        };
        file.SetText(Encoding.UTF8, calendar.Text);
        file.ContentType.Parameters["method"] = calendar.Method;
        file.FileName = calendar.Name;
        return file;
    }

    private static string PlainOf(Mail mail)
    {
        var text = new StringBuilder();
        foreach (var line in mail.Text.Lines) text.Append(line).Append("\r\n\r\n");
        foreach (var item in mail.Text.Items) text.Append(CultureInfo.InvariantCulture, $"{item.Subject}: {item.Sentence}\r\n{Link(mail, item.Path)}\r\n\r\n");
        if (mail.Text.Path is { } path) text.Append(Link(mail, path)).Append("\r\n\r\n");
        if (mail.Link is { } link) text.Append(mail.Text.LinkText).Append(":\r\n").Append(Link(mail, link)).Append("\r\n\r\n");
        if (mail.Text.Why is { } why) return text.Append("-- \r\n").Append(why).Append("\r\n").ToString();
        return text.Append("-- \r\n").Append(Why).Append("\r\n").Append(Link(mail, "/account/notifications")).Append("\r\n").ToString();
    }

    private static string HtmlOf(Mail mail)
    {
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><body>");
        foreach (var line in mail.Text.Lines) html.Append("<p>").Append(Escaped(line)).Append("</p>");
        foreach (var item in mail.Text.Items) html.Append("<p>").Append(Anchor(mail, item.Path, item.Subject)).Append(": ").Append(Escaped(item.Sentence)).Append("</p>");
        if (mail.Text.Path is { } path) html.Append("<p>").Append(Anchor(mail, path, "Open it in DeployHub")).Append("</p>");
        if (mail is { Link: { } link, Text.LinkText: { } words }) html.Append("<p>").Append(Anchor(mail, link, words)).Append("</p>");
        if (mail.Text.Why is { } why) return html.Append("<hr><p><small>").Append(Escaped(why)).Append("</small></p></body></html>").ToString();
        return html.Append("<hr><p><small>").Append(Why).Append(' ').Append(Anchor(mail, "/account/notifications", "Choose what you get")).Append("</small></p></body></html>").ToString();
    }

    private const string Why = "You get this because of what you do in DeployHub. You choose there what is sent to you and when.";

    private static string Link(Mail mail, string path) => mail.Address is { } address ? address.To(path) : $"In DeployHub: {path}";

    private static string Anchor(Mail mail, string path, string text) =>
        mail.Address is { } address ? $"<a href=\"{Escaped(address.To(path))}\">{Escaped(text)}</a>" : $"{Escaped(text)} ({Escaped(path)})";

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    /// <summary>As it may stand in a message id.</summary>
    private static string Token(string text) => new([.. text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-')]);

    /// <summary>What somebody else says, as it may be kept and shown.</summary>
    public string Shown(string text) => Printable.Of(Words.Beginning(PartnerLink.WithoutTokens(masker.Mask(OneLine(text))), 300));
}
