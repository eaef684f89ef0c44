DROP TABLE occupation_correction;
