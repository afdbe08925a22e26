using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Objectives;

/// <summary>The names of objectives on the command line and in JSON.</summary>
public static class ObjectiveNames
{
    public static string Of(Objective objective) =>
        objective switch
        {
            Objective.Newest => "newest",
            Objective.FewestChanges => "fewest-changes",
            Objective.FewestPackages => "fewest-packages",
            Objective.FewestBuilds => "fewest-builds",
            _ => throw new ArgumentOutOfRangeException(nameof(objective)),
        };

    /// <summary>The objective of the name, or null where it is none.</summary>
    public static Objective? Find(string name)
    {
        foreach (var objective in Enum.GetValues<Objective>())
        {
            if (Of(objective) == name)
                return objective;
        }

        return null;
    }
}
