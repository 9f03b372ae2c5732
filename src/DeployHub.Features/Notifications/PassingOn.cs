using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Clashing;
using DeployHub.Domain.Models;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Clashing;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Communicating;
using DeployHub.Features.Partners;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>
/// From what happened to what each person and each other system is told. All of that is stored in one transaction with the mark that it was done, so two
/// workers do it once, and a lost one's work is done by another.
/// </summary>
public static class PassingOn
{
    public const int Most = 100;

    /// <param name="address">Under which people reach this DeployHub; null where nobody said.</param>
    /// <param name="sendsMail">A mail server is named.</param>
    /// <param name="limit">How many at once.</param>
    /// <returns>How many there were. The caller commits.</returns>
    /// <exception cref="NotPassedOnException">Which one stands in the way of the others.</exception>
    public static async Task<int> PassOnAsync(this DeployHubDb db, Uri? address, bool sendsMail, DateTimeOffset at, CancellationToken cancellationToken, int limit = Most)
    {
        var due = await db.DueAsync(at, limit, cancellationToken);
        if (due.Count == 0) return 0;

        var people = await db.AccountsAsync(cancellationToken);
        var webhooks = await db.Webhooks.AsNoTracking().Where(webhook => webhook.DisabledAt == null).ToListAsync(cancellationToken);
        List<(Happening Happening, Surroundings Around)> told = [];
        foreach (var happening in due)
            await NamingAsync(happening, async () => told.Add((happening, await db.SurroundingsAsync(happening, people, at, cancellationToken))), cancellationToken);

        foreach (var (happening, around) in told)
            await NamingAsync(happening, async () =>
            {
                if (sendsMail && around.Deployment is { } deployment) db.Deliveries.AddRange(await db.LettersAsync(happening, deployment, cancellationToken));
                db.Deliveries.AddRange(webhooks.Where(webhook => Asks(webhook, happening, around)).Select(webhook => MessageOf(webhook, happening, around, address)));
                happening.PassOn();
                await db.SaveChangesAsync(cancellationToken); // in their order: of one deployment this may be the news of one moment
            }, cancellationToken);

        var choices = new Channels(
            await db.NotificationChoices.AsNoTracking().ToDictionaryAsync(chosen => chosen.Person, cancellationToken), sendsMail,
            await db.PersonalChats.AsNoTracking().Where(chat => chat.WorksSince != null && chat.RefusedAt == null).ToDictionaryAsync(chat => chat.Person, cancellationToken), address);
        foreach (var alike in told.GroupBy(item => Alike(item.Happening)))
            await NamingAsync(alike.First().Happening, () =>
            {
                db.Notify([.. alike], people, choices, at);
                return db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);

        return due.Count;
    }

    /// <summary>
    /// It could not be passed on: the others go first, and after so many tries it is set aside with the reason. What it says may be what stands in
    /// the way, so none of that is read. Whoever passed it on meanwhile is left alone.
    /// </summary>
    public static async Task<int> PostponeAsync(this DeployHubDb db, NotPassedOnException inTheWay, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var number = inTheWay.Number;
        var due = await db.Database.SqlQuery<int>($"select tries as \"Value\" from happenings where number = {number} and due_at <= {at} for update skip locked").ToListAsync(cancellationToken);
        if (due is not [var before]) return 0;

        var next = Happening.NextTry(before + 1, at);
        var aside = next is null ? at : (DateTimeOffset?)null;
        return await db.Happenings.Where(happening => happening.Number == number).ExecuteUpdateAsync(
            set => set.SetProperty(happening => happening.Tries, before + 1).SetProperty(happening => happening.DueAt, next).SetProperty(happening => happening.SetAsideAt, aside)
                .SetProperty(happening => happening.Trouble, inTheWay.Trouble), cancellationToken);
    }

    /// <summary>Those to pass on now, for this worker only. One that cannot even be read is named, as one that cannot be passed on is.</summary>
    private static async Task<List<Happening>> DueAsync(this DeployHubDb db, DateTimeOffset at, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return await db.Happenings.FromSql(
                $"select h.*, h.xmin from happenings h where h.due_at <= {at} order by h.due_at, h.number limit {limit} for update skip locked").ToListAsync(cancellationToken);
        }
        catch (Exception trouble) when (IsAboutWhatItSays(trouble))
        {
            foreach (var number in await db.Database.SqlQuery<long>($"select number as \"Value\" from happenings where due_at <= {at} order by due_at, number limit {limit}").ToListAsync(cancellationToken))
                await db.ReadAsync(number, cancellationToken);
            throw;
        }
    }

    private static async Task ReadAsync(this DeployHubDb db, long number, CancellationToken cancellationToken)
    {
        try
        {
            _ = await db.Happenings.AsNoTracking().SingleOrDefaultAsync(happening => happening.Number == number, cancellationToken);
        }
        catch (Exception trouble) when (IsAboutWhatItSays(trouble))
        {
            throw new NotPassedOnException(number, $"Happening {number}", trouble);
        }
    }

    /// <summary>Not about a database that is away, or somebody who stops.</summary>
    private static bool IsAboutWhatItSays(Exception trouble) => trouble is not (DbException or TimeoutException or OperationCanceledException) && trouble.GetBaseException() is not (DbException or TimeoutException);

    private static async Task NamingAsync(Happening happening, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
        }
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NotPassedOnException(happening.Number, $"{happening.Type} of {happening.Subject}", trouble);
        }
    }

    /// <summary>A scan that finds hundreds of differences tells people once.</summary>
    private static string Alike(Happening happening) => happening.Type == EventTypes.DriftDetected ? $"{happening.Environment} {happening.Class} {happening.At:O}" : $"{happening.Id.Value}";

    private static void Notify(this DeployHubDb db, IReadOnlyList<(Happening Happening, Surroundings Around)> alike, Accounts people, Channels choices, DateTimeOffset at)
    {
        var (happening, around) = alike[0];
        if (EventTypes.Find(happening.Type) is not { } type) return;

        var sentence = alike.Count == 1 ? happening.Sentence : $"{alike.Count} differences were found in {happening.Environment}, the first of them: {happening.Sentence}";
        foreach (var account in alike.SelectMany(item => Concerned.By(item.Happening, type, item.Around, people)).DistinctBy(account => account.Id))
        {
            var chosen = choices.Of(account.Id);
            var (byMail, chat) = (choices.TimingOf(chosen, happening.Class), choices.ChatOf(account.Id));
            var byChat = chat?.TimingOf(happening.Class) ?? MailTiming.Never;
            var due = chosen.MailAt(at, Passes(happening, around, account.Key));
            db.Notices.Add(Notice.Of(happening, account.Id, sentence, byMail is MailTiming.OnceADay || byChat is MailTiming.OnceADay ? chosen.NextDigest(at) : null));
            if (byMail is MailTiming.AtOnce) db.Deliveries.Add(MailOf(happening, around, account.Id, sentence, due));
            if (byChat is MailTiming.AtOnce) db.Deliveries.Add(MessageOf(chat!, happening, around, sentence, choices.Address, due));
        }
    }

    /// <summary>What wakes people: an emergency, a live run of theirs that stands still, and whoever broke the glass (domain §8.4).</summary>
    private static bool Passes(Happening happening, Surroundings around, string account) =>
        happening.Type == EventTypes.BreakGlassUsed
        || (happening.Class is NoticeClass.Urgent or NoticeClass.Actionable && around.Deployment?.Plan.Category is ChangeCategory.Emergency)
        || (happening.Type == EventTypes.RunHalted && around.IsLive && (happening.People.Contains(account) || around.Deployment?.Owner.Id == account));

    private static Delivery MailOf(Happening happening, Surroundings around, Guid person, string sentence, DateTimeOffset due)
    {
        var text = new MailText($"{Titled(happening, around)}: {Words.Beginning(sentence, 120)}", [sentence, .. Details(around)], happening.Path, around.Deployment?.Number ?? happening.Subject);
        return Delivery.ByMail(person, happening.Type, happening.Subject, text.ToJson(), happening.At, due);
    }

    private static Delivery MessageOf(PersonalChat chat, Happening happening, Surroundings around, string sentence, Uri? address, DateTimeOffset due) => Delivery.ByChat(
        chat, happening.Type, happening.Subject,
        ChatMessages.Of(chat.Kind, Titled(happening, around), string.Join(' ', Details(around).Prepend(sentence)), address is null ? null : address.To(happening.Path)), happening.At, due);

    /// <summary>Enough to decide without looking first.</summary>
    private static IEnumerable<string> Details(Surroundings around)
    {
        if (around.Deployment is not { } deployment) yield break;

        var plan = deployment.Plan;
        var time = deployment.Slot is { } slot ? $"planned from {slot.Start:yyyy-MM-dd HH:mm} to {slot.End:yyyy-MM-dd HH:mm} UTC" : "on demand";
        yield return $"{plan.InWordsAt(Words.Count(plan.Targets.Count, "target"))} of {plan.Environment}{(plan.IsLive ? ", which is live" : "")}.";
        yield return $"{Words.Title(plan.Category)} change with {plan.Model} v{plan.ModelVersion}; {time}; owner {deployment.Owner.Name}.";
    }

    /// <summary>A webhook of one service is told of what belongs to that one, and of models that cover it.</summary>
    private static bool Asks(Webhook webhook, Happening happening, Surroundings around) => webhook.Events.Contains(happening.Type)
        && (webhook.Environment is null || webhook.Environment == around.Environment)
        && (webhook.Service is null || around.Services.Contains(webhook.Service) || Covers(around.Content, webhook.Service));

    private static bool Covers(ModelContent? model, string service) => model is not null && (model.AppliesTo.Services.Count == 0 || model.AppliesTo.Services.Contains(service));

    private static Delivery MessageOf(Webhook webhook, Happening happening, Surroundings around, Uri? address) => Delivery.Of(
        webhook, happening.Type, happening.Subject,
        webhook.Kind is WebhookKind.Program
            ? SignedBody(happening, around)
            : ChatMessages.Of(webhook.Kind, Titled(happening, around), happening.Sentence, address is null ? null : address.To(happening.Path)),
        happening.At);

    private static string Titled(Happening happening, Surroundings around) => $"{happening.Subject} {around.Deployment?.Title}".Trim();

    private static string SignedBody(Happening happening, Surroundings around)
    {
        var data = JsonSerializer.SerializeToNode(happening.Data, Json.Options)!.AsObject();
        data["sentence"] = happening.Sentence;
        data["by"] = happening.By.Name;
        if (around.Deployment is { } deployment) data["deployment"] = deployment.Number;
        if (around.Services.FirstOrDefault() is { } service) data["service"] = service;
        if (around.Services.Count > 1) data["services"] = new JsonArray([.. around.Services.Select(key => JsonValue.Create(key))]);
        if (around.Environment is { } environment) (data["environment"], data["live"]) = (environment, around.IsLive);
        data["path"] = happening.Path;
        return new JsonObject { ["type"] = happening.Type, ["timestamp"] = happening.At.UtcDateTime, ["data"] = data }.ToJsonString(Json.Options);
    }

    private static async Task<Surroundings> SurroundingsAsync(this DeployHubDb db, Happening happening, Accounts people, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (happening.DeploymentId is { } id)
        {
            var deployment = await db.Deployments.AsNoTracking().SingleAsync(known => known.Id == id, cancellationToken);
            var services = await db.ServicesOfAsync(deployment.Plan.Versions, cancellationToken);
            return new Surroundings(
                deployment, services, deployment.Plan.Environment, deployment.Plan.IsLive, ClashOwners: await db.ClashOwnersAsync(happening, deployment, cancellationToken),
                Watchers: await db.WatchersAsync(deployment.Number, services, cancellationToken), Unblocks: UnblockedBy(happening));
        }

        if (happening.ModelId is not { } modelId) return new Surroundings(null, happening.Service is { } key ? [key] : [], happening.Environment, happening.IsLive);

        var model = await db.Models.AsNoTracking().SingleAsync(known => known.Id == modelId, cancellationToken);
        return happening.ModelVersionId is { } versionId
            ? await db.AroundVersionAsync(model, versionId, people, at, cancellationToken)
            : new Surroundings(null, [], null, false, ModelOwner: model.Owner.Id);
    }

    /// <summary>What ends the waiting of a run; null where no person does, or only whom it names.</summary>
    private static Permission? UnblockedBy(Happening happening) => happening.Type != EventTypes.RunWaiting ? null : happening.Data.GetValueOrDefault("waitingFor")?.ToString() switch
    {
        nameof(WaitingReason.ManualStep) => Permission.PerformManualSteps,
        nameof(WaitingReason.Promotion) => Permission.PromotePhases,
        _ => null,
    };

    /// <summary>Who owns what is planned at the same time and does not go with it.</summary>
    private static async Task<IReadOnlyCollection<string>> ClashOwnersAsync(this DeployHubDb db, Happening happening, Deployment deployment, CancellationToken cancellationToken)
    {
        if (EventTypes.Find(happening.Type)?.Tells.Contains(Audience.ClashOwners) is not true) return [];
        if (deployment.Plan.Rehearsal is not null || deployment.Slot is not { } slot) return [];

        var (others, _) = await db.OthersAtAsync(deployment.EnvironmentId, slot, deployment.Number, cancellationToken);
        var clashing = ClashDetection.Find(await db.ClashSideAsync(deployment, slot, cancellationToken), others, []).Select(clash => clash.With).ToList();
        return [.. (await db.Deployments.Where(other => clashing.Contains(other.Number)).Select(other => other.Owner).ToListAsync(cancellationToken)).Select(owner => owner.Id)];
    }

    private static async Task<IReadOnlyCollection<string>> WatchersAsync(this DeployHubDb db, string deployment, IReadOnlyList<string> services, CancellationToken cancellationToken) =>
    [
        .. (await db.Watches.Where(watch => (watch.Subject == WatchSubject.Deployment && watch.Key == deployment) || (watch.Subject == WatchSubject.Service && services.Contains(watch.Key)))
            .Select(watch => watch.Person).Distinct().ToListAsync(cancellationToken)).Select(person => person.ToString()),
    ];

    private static async Task<Surroundings> AroundVersionAsync(this DeployHubDb db, Model model, ModelVersionId versionId, Accounts people, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var version = await db.ModelVersions.AsNoTracking().SingleAsync(known => known.Id == versionId, cancellationToken);
        var users = await db.UsersOfAsync(model, version.Content, people, at, cancellationToken);
        var readers = await db.PublicationReaders.Where(reader => reader.VersionId == versionId && reader.DueOn == null).Select(reader => reader.Person).ToListAsync(cancellationToken);
        return new Surroundings(
            null, [], null, false, version.Content, model.Owner.Id, [.. users.Keys], [.. readers.Select(reader => reader.ToString())],
            SecondPeople: version.AwaitsApproval ? [.. people.WhoMayApprove(version).Select(account => account.Key)] : []);
    }

    /// <summary>What everybody chose, and their own chats that take messages; whoever chose nothing has what is usual.</summary>
    private sealed class Channels(IReadOnlyDictionary<Guid, NotificationChoices> chosen, bool sendsMail, IReadOnlyDictionary<Guid, PersonalChat> chats, Uri? address)
    {
        public Uri? Address => address;

        public PersonalChat? ChatOf(Guid person) => chats.GetValueOrDefault(person);

        public NotificationChoices Of(Guid person) => chosen.GetValueOrDefault(person) ?? NotificationChoices.Of(person);

        public MailTiming TimingOf(NotificationChoices choices, NoticeClass noticeClass) => sendsMail ? choices.TimingOf(noticeClass) : MailTiming.Never;
    }
}
