using System.Reflection;
using System.Xml.Linq;

namespace Resolver.Conventions.Tests;

/// <summary>Dependencies point one way.</summary>
public sealed class LayeringTests
{
    public static TheoryData<string> Names => Layers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_project_references_only_lower_layers(string layer)
    {
        var allowed = Layers.Dependencies[layer];

        var referenced = Layers
            .Load(layer)
            .GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("Resolver.", StringComparison.Ordinal));

        Assert.Empty(referenced.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_project_file_names_only_lower_layers(string layer)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", layer, layer + ".csproj"));

        var referenced = project
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Empty(referenced.Except(Layers.Dependencies[layer]));
    }

    [Fact]
    public void Every_project_under_src_is_a_known_layer()
    {
        var projects = Repository.Files("src", ".csproj").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Layers.Dependencies.Keys.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal)!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_that_ships_reaches_a_compiler(string layer)
    {
        var reached = new HashSet<string>();
        Reach(Layers.Load(layer), reached);

        Assert.DoesNotContain(reached, name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_layer_emits_code_at_run_time(string layer)
    {
        var referenced = Layers.Load(layer).GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(referenced, name => name.StartsWith("System.Reflection.Emit", StringComparison.Ordinal));
    }

    private static void Reach(Assembly assembly, HashSet<string> reached)
    {
        foreach (var name in assembly.GetReferencedAssemblies())
        {
            // The framework is not ours to walk, and its facades name much that never ships.
            if (!reached.Add(name.Name!) || !File.Exists(Path.Combine(AppContext.BaseDirectory, name.Name + ".dll")))
                continue;
            Reach(Assembly.Load(name), reached);
        }
    }
}
