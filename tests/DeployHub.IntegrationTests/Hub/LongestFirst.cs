using Xunit.Sdk;
using Xunit.v3;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>Takes most of its suite's time; a suite whose last class is such a one ends with idle processors.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesLongAttribute : Attribute;

/// <summary>Begins with what <see cref="TakesLongAttribute"/> marks.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
    {
        var first = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name?.StartsWith("DeployHub.", StringComparison.Ordinal) is true)
            .SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsDefined(typeof(TakesLongAttribute), inherit: false)).Select(type => type.FullName!).ToList();
        return [.. testCollections.OrderByDescending(collection => first.Exists(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
    }
}
