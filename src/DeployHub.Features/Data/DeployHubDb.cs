using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Audit;
using DeployHub.Domain.Comments;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Domain.Deployments.Feeds;
using DeployHub.Domain.Deployments.Templates;
using DeployHub.Domain.Insights;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Testing;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Models.Sources;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Domain.Vulnerabilities;
using DeployHub.Domain.Workers;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments.Slots;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models.Analysis;
using DeployHub.Features.Notifications;
using DeployHub.Features.Runs;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DeployHub.Features.Data;

/// <summary>The unit of work and every table. Mappings stand beside it, one for an aggregate.</summary>
public sealed partial class DeployHubDb(DbContextOptions<DeployHubDb> options) : IdentityUserContext<Person, Guid>(options)
{
    public AfterCommit AfterCommit { get; } = new();

    public DbSet<Grant> Grants => Set<Grant>();

    public DbSet<Qualification> Qualifications => Set<Qualification>();

    public DbSet<ApiClient> ApiClients => Set<ApiClient>();

    public DbSet<PersonalToken> PersonalTokens => Set<PersonalToken>();

    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();

    public DbSet<Service> Services => Set<Service>();

    public DbSet<Variable> Variables => Set<Variable>();

    public DbSet<Component> Components => Set<Component>();

    public DbSet<ComponentVersion> ComponentVersions => Set<ComponentVersion>();

    public DbSet<DefinitiveStore> Stores => Set<DefinitiveStore>();

    public DbSet<StoreLook> StoreLooks => Set<StoreLook>();

    public DbSet<TestReport> TestReports => Set<TestReport>();

    public DbSet<TrustedKey> TrustedKeys => Set<TrustedKey>();

    public DbSet<TrustPolicy> TrustPolicies => Set<TrustPolicy>();

    public DbSet<Environment> Environments => Set<Environment>();

    public DbSet<Target> Targets => Set<Target>();

    public DbSet<ObservedVersion> ObservedVersions => Set<ObservedVersion>();

    public DbSet<DriftItem> DriftItems => Set<DriftItem>();

    public DbSet<TargetBaseline> TargetBaselines => Set<TargetBaseline>();

    public DbSet<TargetSnapshot> TargetSnapshots => Set<TargetSnapshot>();

    public DbSet<DriftScan> DriftScans => Set<DriftScan>();

    public DbSet<UnmanagedDeployment> UnmanagedDeployments => Set<UnmanagedDeployment>();

    public DbSet<Model> Models => Set<Model>();

    public DbSet<ModelVersion> ModelVersions => Set<ModelVersion>();

    public DbSet<ModelSource> ModelSources => Set<ModelSource>();

    public DbSet<SourceSync> SourceSyncs => Set<SourceSync>();

    public DbSet<SourceDocument> SourceDocuments => Set<SourceDocument>();

    public DbSet<SourcePush> SourcePushes => Set<SourcePush>();

    public DbSet<Improvement> Improvements => Set<Improvement>();

    public DbSet<ModelFigures> ModelFigures => Set<ModelFigures>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Block> Blocks => Set<Block>();

    public DbSet<BlockVersion> BlockVersions => Set<BlockVersion>();

    public DbSet<Deployment> Deployments => Set<Deployment>();

    public DbSet<ApprovalCover> ApprovalCovers => Set<ApprovalCover>();

    public DbSet<DeploymentEvent> DeploymentEvents => Set<DeploymentEvent>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<BusyCalendar> BusyCalendars => Set<BusyCalendar>();

    public DbSet<Window> Windows => Set<Window>();

    public DbSet<Freeze> Freezes => Set<Freeze>();

    public DbSet<FreezeException> FreezeExceptions => Set<FreezeException>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<PartnerLink> PartnerLinks => Set<PartnerLink>();

    public DbSet<Recipient> Recipients => Set<Recipient>();

    public DbSet<ChangeTool> ChangeTools => Set<ChangeTool>();

    public DbSet<ChangeRecord> ChangeRecords => Set<ChangeRecord>();

    public DbSet<Campaign> Campaigns => Set<Campaign>();

    public DbSet<PlanTemplate> PlanTemplates => Set<PlanTemplate>();

    public DbSet<SlotLook> SlotLooks => Set<SlotLook>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<TargetRun> TargetRuns => Set<TargetRun>();

    public DbSet<RunEvent> RunEvents => Set<RunEvent>();

    public DbSet<StoredEvidence> StoredEvidence => Set<StoredEvidence>();

    public DbSet<SupplierLink> SupplierLinks => Set<SupplierLink>();

    public DbSet<DryVerification> DryVerifications => Set<DryVerification>();

    public DbSet<DryLook> DryLooks => Set<DryLook>();

    public DbSet<EnvironmentLock> EnvironmentLocks => Set<EnvironmentLock>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<Happening> Happenings => Set<Happening>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<NotificationChoices> NotificationChoices => Set<NotificationChoices>();

    public DbSet<PersonalChat> PersonalChats => Set<PersonalChat>();

    public DbSet<MailSettings> MailSettings => Set<MailSettings>();

    public DbSet<PublicationReader> PublicationReaders => Set<PublicationReader>();

    public DbSet<ModelSubscription> ModelSubscriptions => Set<ModelSubscription>();

    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<IncidentLink> IncidentLinks => Set<IncidentLink>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<Watch> Watches => Set<Watch>();

    public DbSet<WorkerProcess> Workers => Set<WorkerProcess>();

    public DbSet<CapabilityConfirmation> CapabilityConfirmations => Set<CapabilityConfirmation>();

    public DbSet<ControlException> ControlExceptions => Set<ControlException>();

    public DbSet<Vulnerability> Vulnerabilities => Set<Vulnerability>();

    public DbSet<VulnerablePackage> VulnerablePackages => Set<VulnerablePackage>();

    public DbSet<VulnerabilityList> VulnerabilityLists => Set<VulnerabilityList>();

    /// <summary>What aggregates say happened is stored with them, so that nobody can forget it.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var tracked = ChangeTracker.Entries().ToList(); // each time it is asked it compares everything
        var runs = tracked.Select(entry => entry.Entity).OfType<Run>().ToList();
        var happened = runs.SelectMany(run => run.TakeNewEvents()).ToList();
        var ofDeployments = tracked.Select(entry => entry.Entity).OfType<Deployment>().SelectMany(deployment => Keep(deployment, deployment.TakeNewEvents())).ToList();
        this.TellOfRuns(runs, happened);
        this.TellOfModels(tracked);
        await this.TellOfCampaignsAsync(tracked, ofDeployments, cancellationToken);
        await this.TellOfIncidentsAsync(tracked, cancellationToken);
        var drift = await this.FollowDriftAsync(tracked, cancellationToken);
        var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (happened.Count > 0) await this.InsertAsync(happened, cancellationToken);
        await this.TellOfDriftAsync(drift, cancellationToken);
        if (runs.FindAll(run => run.IsOver) is { Count: > 0 } ended) await this.ReleaseLocksAsync(ended, cancellationToken);
        return count;
    }

    private IReadOnlyList<DeploymentEvent> Keep(Deployment deployment, IReadOnlyList<DeploymentEvent> happened)
    {
        DeploymentEvents.AddRange(happened);
        this.TellOfDeployment(deployment, happened);
        return happened;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<Digest>().HaveConversion<DigestConverter>().HaveMaxLength(71);
        foreach (var id in typeof(Digest).Assembly.GetTypes().Where(IsId))
            configurationBuilder.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(DeployHubDb).Assembly);

        builder.Entity<Person>().ToTable("people");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("people_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("people_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("people_tokens");
    }

    private static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));

    private static TId Make<TId>(Guid value) where TId : IId<TId> => TId.From(value);

    private sealed class DigestConverter() : ValueConverter<Digest, string>(digest => digest.ToString(), text => Digest.Of(text));

    private sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make<TId>(value))
        where TId : struct, IId<TId>;
}
