using System.Globalization;

namespace Resolver.Generators.Universes;

/// <summary>How people word a requirement on a project.</summary>
internal enum RequirementStyle
{
    Any,
    Floor,
    Compatible,
    Cap,
    Pin,
    Exclusion,
}

/// <summary>From a style and a moment to the text of a requirement.</summary>
internal static class RequirementStyles
{
    public static RequirementStyle Draw(Random random, UniverseShape shape)
    {
        var x = random.NextDouble();
        if ((x -= shape.Pins) < 0)
            return RequirementStyle.Pin;
        if ((x -= shape.Caps) < 0)
            return random.Next(2) == 0 ? RequirementStyle.Compatible : RequirementStyle.Cap;
        if ((x -= shape.Exclusions) < 0)
            return RequirementStyle.Exclusion;
        return random.Next(3) == 0 ? RequirementStyle.Any : RequirementStyle.Floor;
    }

    /// <summary>The specifier that somebody writes who sees the newest release of that time.</summary>
    public static string Specifier(Random random, RequirementStyle style, Timeline project, double time)
    {
        var newest = project.NewestAt(time);
        return style switch
        {
            RequirementStyle.Any => "",
            RequirementStyle.Floor => ">=" + project[Math.Max(0, newest - random.Next(3))],
            RequirementStyle.Compatible => "~=" + project[newest],
            RequirementStyle.Cap => string.Create(CultureInfo.InvariantCulture, $"<{project.Major(newest) + 1}"),
            RequirementStyle.Pin => "==" + project[newest],
            _ => project.Count > 1 ? "!=" + project[random.Next(project.Count)] : "",
        };
    }

    /// <summary>A range that has no history: it leaves out the given part of all releases, on average, at both
    /// ends.</summary>
    public static string Independent(Random random, Timeline project, double tightness)
    {
        var width = Math.Clamp(
            (int)Math.Round(project.Count * (1 - 2 * tightness * random.NextDouble())),
            1,
            project.Count
        );
        var low = random.Next(project.Count - width + 1);
        return width == project.Count ? "" : $">={project[low]},<={project[low + width - 1]}";
    }
}
