using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Features.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

internal sealed class RunMapping :
    IEntityTypeConfiguration<Run>, IEntityTypeConfiguration<TargetRun>, IEntityTypeConfiguration<RunEvent>, IEntityTypeConfiguration<EnvironmentLock>,
    IEntityTypeConfiguration<StoredEvidence>, IEntityTypeConfiguration<SupplierLink>, IEntityTypeConfiguration<TargetSnapshot>
{
    public void Configure(EntityTypeBuilder<SupplierLink> link)
    {
        link.ToTable("supplier_links");
        link.Property<uint>("Version").IsRowVersion();
        link.Property(l => l.Name).HasMaxLength(200);
        link.Property(l => l.Organisation).HasMaxLength(200);
        link.Property(l => l.Steps).HasJson();
        link.Property(l => l.MadeBy).HasJson();
        link.HasIndex(l => l.TokenDigest).IsUnique().HasDatabaseName("ux_supplier_links_token");
        link.HasIndex(l => l.RunId);
        link.HasOne<Run>().WithMany().HasForeignKey(l => l.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TargetSnapshot> snapshot)
    {
        snapshot.ToTable("target_snapshots");
        snapshot.HasKey(s => new { s.RunId, s.TargetId, s.Moment });
        snapshot.Property(s => s.Facts).HasJson();
        snapshot.Property(s => s.Count).HasJson();
        snapshot.HasOne<Run>().WithMany().HasForeignKey(s => s.RunId).OnDelete(DeleteBehavior.Cascade);
        snapshot.HasOne<Target>().WithMany().HasForeignKey(s => s.TargetId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<StoredEvidence> evidence)
    {
        evidence.ToTable("stored_evidence");
        evidence.HasKey(e => new { e.RunId, e.Digest });
        evidence.Property(e => e.Name).HasMaxLength(255);
        evidence.Property(e => e.By).HasJson();
    }

    public void Configure(EntityTypeBuilder<Run> run)
    {
        run.ToTable("runs");
        run.Property<uint>("Version").IsRowVersion();
        run.Property(r => r.Name).HasMaxLength(30);
        run.Property(r => r.Operator).HasJson();
        run.Property(r => r.Versions).HasJson();
        run.Property(r => r.Stages).HasJson();
        run.Property(r => r.Halts).HasJson();
        run.Property(r => r.Baselines).HasJson();
        run.Property(r => r.Questions).HasJson().HasDefaultValueSql("'[]'::jsonb");
        run.HasIndex(r => r.OwedFrom).HasFilter("owed_from is not null").HasDatabaseName("ix_runs_owed");
        run.HasIndex(r => new { r.DeploymentId, r.Number }).IsUnique().HasDatabaseName("ux_runs_number");
        run.HasIndex(r => r.DueAt).HasFilter("due_at is not null").HasDatabaseName("ix_runs_due");
        run.HasIndex(r => r.Status);
        run.HasMany(r => r.TargetRuns).WithOne().HasForeignKey(targetRun => targetRun.RunId);
        run.Navigation(r => r.TargetRuns).HasField("_targetRuns").UsePropertyAccessMode(PropertyAccessMode.Field);
        run.HasOne<Deployment>().WithMany().HasForeignKey(r => r.DeploymentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<TargetRun> targetRun)
    {
        targetRun.ToTable("target_runs");
        targetRun.Property(t => t.Id).ValueGeneratedNever();
        targetRun.Property(t => t.Subject).HasMaxLength(200);
        targetRun.Property(t => t.Pool).HasMaxLength(64);
        targetRun.Property(t => t.Worker).HasMaxLength(100);
        targetRun.Property(t => t.Fence).IsConcurrencyToken();
        targetRun.Property(t => t.Steps).HasStoredItems();
        targetRun.Ignore(t => t.StepsAtHand).Ignore(t => t.StepsHeld).Ignore(t => t.StepsRestingBeside).Ignore(t => t.FailedSteps); // read off the steps
        targetRun.HasIndex(t => new { t.RunId, t.Ordinal });
    }

    public void Configure(EntityTypeBuilder<RunEvent> happened)
    {
        happened.ToTable("run_events");
        happened.HasKey(e => new { e.RunId, e.Number });
        happened.Property(e => e.Subject).HasMaxLength(80);
        happened.Property(e => e.Became).HasMaxLength(40);
        happened.Property(e => e.By).HasJson();
        happened.HasIndex(e => e.RunId).HasFilter("subject = 'run'").HasDatabaseName("ix_run_events_of_run"); // a run's own states, among thousands of its targets'
    }

    public void Configure(EntityTypeBuilder<EnvironmentLock> held)
    {
        held.ToTable("environment_locks");
        held.HasKey(l => new { l.EnvironmentId, l.ComponentId });
        held.Property(l => l.Holder).HasMaxLength(30);
        held.HasIndex(l => l.RunId);
    }
}
