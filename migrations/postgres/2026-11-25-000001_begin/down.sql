DROP TABLE audit_log;
DROP TABLE change_log;
DROP TABLE skill_stats;
DROP TABLE seeker;
DROP TABLE vacancy;
DROP TABLE employer;
