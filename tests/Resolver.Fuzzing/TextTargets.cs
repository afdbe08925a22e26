using System.Text;
using Resolver.Packaging.Markers;
using Resolver.Packaging.RequirementFiles;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Fuzzing;

/// <summary>Readers of single values. What was read is also written and read again.</summary>
internal static class TextTargets
{
    public static void Requirement(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        _ = RequirementTarget.TryParse(text);
        var read = Packaging.Requirements.Requirement.TryParse(text);
        if (!read.Success)
            return;
        var again = Packaging.Requirements.Requirement.Parse(read.Value.ToReadableText());
        Law.Same(read.Value, again, read.Value.ToString());
    }

    public static void Marker(byte[] bytes)
    {
        var read = Packaging.Markers.Marker.TryParse(Encoding.UTF8.GetString(bytes));
        if (!read.Success)
            return;
        _ = read.Value.Reduce(MarkerEnvironment.CPython311OnLinux);
        var first = read.Value.TryEvaluate(MarkerEnvironment.CPython311OnLinux, []);
        var again = Packaging.Markers.Marker.Parse(read.Value.ToReadableText());
        var second = again.TryEvaluate(MarkerEnvironment.CPython311OnLinux, []);
        Law.Same(first.Success, second.Success, read.Value.ToString());
        if (first.Success)
            Law.Same(first.Value, second.Value, read.Value.ToString());
    }

    /// <summary>Lines: versions that are compared with each other, and specifiers that each is held against.</summary>
    public static void Version(byte[] bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n').Take(6).ToList();
        var versions = new List<Version>();
        var sets = new List<SpecifierSet>();
        foreach (var line in lines)
        {
            if (Packaging.Versions.Version.TryParse(line) is { Success: true } version)
            {
                Law.Same(version.Value, Packaging.Versions.Version.Parse(version.Value.ToString()), line);
                versions.Add(version.Value);
            }
            if (SpecifierSet.TryParse(line) is { Success: true } set)
            {
                Law.Same(set.Value, SpecifierSet.Parse(set.Value.ToString()), line);
                _ = set.Value.Ranges.ToString();
                sets.Add(set.Value);
            }
        }
        foreach (var one in versions)
        {
            foreach (var other in versions)
            {
                Law.Same(Math.Sign(one.CompareTo(other)), -Math.Sign(other.CompareTo(one)), $"{one} and {other}");
                Law.Same(one.CompareTo(other) == 0, one == other, $"{one} and {other}");
            }
            foreach (var set in sets)
                _ = set.Contains(one.ToString());
        }
    }
}
